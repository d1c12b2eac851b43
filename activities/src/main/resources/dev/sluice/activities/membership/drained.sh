# drained NAME URL SECONDS: D, nothing in flight three times in a row, no old generation, and nothing in the member's own
# count where it offers one: this Apache's begins anew with a reload. Takes no lock.
own_count() {
  curl -fsS -m 1 "$url/-/server-status?auto" 2>/dev/null | sed -n 's/^BusyWorkers: \([0-9]*\)$/\1/p'
}
kept "$1"
url=${kept_url:-$2}
# By the clock, not by looks: a look takes long on a busy proxy, and whoever asked gives up after a while. What has begun to
# be quiet is looked at to its end.
end=$(($(date +%s) + $3))
quiet=0
while [ "$quiet" -gt 0 ] || [ "$(date +%s)" -lt "$end" ]; do
  ask || {
    echo 'drained|yes|Apache does not run'
    return 0
  }
  stopping=$(curl -fsS -m 3 "http://$admin/-/server-status?auto" | sed -n 's/^Stopping: //p')
  if ! look "$url" || [ "$route" != "$1" ]; then
    busy=0
  elif ! flagged Dis; then
    refuse 70 "$1 is '$status' in the running Apache although it leaves"
  fi
  own=
  if [ "${busy:-0}" = 0 ] && [ "${stopping:-0}" = 0 ]; then own=$(own_count); fi
  # One of its own is this very question.
  if [ "${busy:-0}" = 0 ] && [ "${stopping:-0}" = 0 ] && [ "${own:-1}" -le 1 ]; then quiet=$((quiet + 1)); else quiet=0; fi
  [ "$quiet" -lt 3 ] || break
  sleep 0.2
done
if [ "$quiet" -ge 3 ]; then
  echo 'drained|yes|'
elif [ "${own:-1}" -gt 1 ]; then
  echo "drained|no|none in flight, but $1 itself is busy with $((own - 1))"
elif [ "${stopping:-0}" = 0 ]; then
  echo "drained|stuck|$busy in flight"
else
  echo "drained|no|$busy in flight, $stopping processes of an older generation"
fi
