# reconcile: makes the running Apache equal its files without a reload as far as possible; starts it if it is not running
started=no
if ! ask; then
  must_pass_configtest
  write_loaded
  "$apachectl" start >/dev/null 2>&1
  tries=40
  until ask || [ "$tries" -eq 0 ]; do
    tries=$((tries - 1))
    sleep 0.1
  done
  [ "$tries" -gt 0 ] || refuse 70 "Apache was not running and does not start: $(last_words)"
  started=yes
fi
note_other_hands
write_loaded
before=$(differences)
full=no
while IFS='|' read -r name state url route status rest; do
  [ -n "$url" ] || continue
  case $state in
    joined) want "$name" "$url" - 0 ;;
    draining) want "$name" "$url" 1 0 ;;
    '') want "$route" "$url" - 1 ;;
    *) want "$name" "$url" - 1 ;;
  esac || full=yes
done <<DIFFERING
$(differing)
DIFFERING
must_ask
[ "$full" = yes ] || {
  after=$(differences)
  [ -z "$after" ] || refuse 70 "$after"
}
[ -n "$before" ] && repaired=yes || repaired=no
printf 'members|%s\nrepaired|%s\nstarted|%s\nfull|%s\nlive|%s\n' "$(count)" "$repaired" "$started" "$full" "$(live_joins)"
