# greet PATH…: prints the node's time in milliseconds and the digest of each file, empty if it is missing. Changes nothing.
main() {
  printf 'clock|%s\n' "$(date +%s%3N)"
  for path in "$@"; do
    if [ -f "$path" ]; then printf 'file|%s|%s\n' "$(sha256sum <"$path" | cut -c 1-64)" "$path"; else printf 'file||%s\n' "$path"; fi
  done
  echo end
}
main "$@" </dev/null
