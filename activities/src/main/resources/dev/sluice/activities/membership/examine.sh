# examine: whether this proxy has what Sluice needs and runs what its files say. Changes nothing, takes no lock.
must_ask
# A configuration that is broken names no modules; then that is what there is to tell.
if loaded_modules=$("$apachectl" -M 2>/dev/null); then
  for module in proxy proxy_http proxy_balancer proxy_hcheck slotmem_shm lbmethod_byrequests headers status; do
    printf '%s\n' "$loaded_modules" | grep -q "^ *${module}_module " || printf 'missing|%s\n' "$module"
  done
fi
words=$("$apachectl" configtest 2>&1) || printf 'broken|%s\n' "$(plain "$(printf '%s' "$words" | cut -c 1-300)")"
for name in $(names); do
  head -n 1 "$members/$name.conf" | grep -q '^# Written by Sluice' ||
    printf 'hand|%s was not written by Sluice\n' "$members/$name.conf"
  url=$(file_url "$name")
  if [ "$(file_state "$name")" = joined ] && { flagged "$url" Dis || flagged "$url" Stop; }; then
    printf "hand|%s is '%s' in the running Apache\n" "$name" "$(field "$url" 3)"
  elif ! same "$name" "$url"; then
    printf "difference|%s is '%s' and should be %s\n" "$name" "$(field "$url" 3)" "$(file_state "$name")"
  fi
done
for url in $(printf '%s\n' "$running" | cut -d '|' -f 1); do
  if stranger "$url"; then printf 'hand|%s is served and has no file\n' "$url"; fi
done
printf 'members|%s\nend|\n' "$(names | wc -l | tr -d ' ')"
