# graceful [JOINS]: reloads once and proves it: the digest of the loaded files, a new generation of the same boot, every
# member as in its file, and a request through the clients' port. With a number, does nothing if fewer members joined since
# the files were loaded and the running Apache equals them, since another process has reloaded.
must_ask
note_other_hands
if [ -n "${1:-}" ] && [ "$(live_joins)" -lt "$1" ] && [ -z "$(differing)" ]; then
  printf 'graceful|no\n'
  return 0
fi
must_pass_configtest
# Old processes that still serve long requests keep their slots; Sluice waits for them only if there is no room. Only
# mpm_event reports its processes.
processes=$(auto Processes)
started=$(configured StartServers 3)
limit=$(configured ServerLimit 16)
[ "$((${processes:-0} + started))" -le "$limit" ] ||
  refuse 76 "$processes processes run and a reload starts $started more, its ServerLimit is $limit;" \
    "$(auto Stopping) of them serve requests of an older generation"
write_loaded
expected=$(digest)
generation=$(auto ParentServerMPMGeneration)
boot=$(boot)
words=$("$apachectl" graceful 2>&1) || refuse 70 "apachectl graceful: $words"
tries=60
proof=
while [ "$tries" -gt 0 ]; do
  tries=$((tries - 1))
  if [ "$(loaded Members 2>/dev/null)" != "$expected" ]; then
    proof="the old files are still loaded"
  elif [ "$(auto ParentServerMPMGeneration)" -le "$generation" ]; then
    proof="no new generation"
  elif ! ask || [ -n "$(differences)" ]; then
    proof="$(differences)"
  else
    proof=
    break
  fi
  if [ -n "$boot" ] && ! kill -0 "${boot%% *}" 2>/dev/null; then
    "$apachectl" start >/dev/null 2>&1
    sleep 0.5
    ask && refuse 70 "Apache died of the reload and was started again: $(last_words)"
    refuse 70 "Apache died of the reload and does not start: $(last_words)"
  fi
  sleep 0.1
done
[ -z "$proof" ] || refuse 70 "the reload is not proven after 6 s: $proof"
[ "$(boot)" = "$boot" ] || refuse 70 "Apache was restarted instead of reloaded"
# Apache itself answers this path: a member may be slower than the limit.
answer=$(curl -sk -m 3 -o /dev/null -w '%{http_code}' "https://$site/-/")
[ "$answer" != 000 ] || refuse 70 "nothing answers on the clients' port $site after the reload"
printf 'graceful|yes\nmembers|%s\ngeneration|%s\nanswer|%s\n' "$(count)" "$(auto ParentServerMPMGeneration)" "$answer"
