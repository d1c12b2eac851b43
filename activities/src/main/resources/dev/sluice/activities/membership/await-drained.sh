# await-drained NAME URL SECONDS: waits until the member has D, no request is in progress in three polls in a row, no old
# generation runs, and the member's own count, if it offers one, is zero, since a reload resets Apache's. Takes no lock.
# Prints drained|yes|| or drained|no|COUNT|DETAIL; COUNT is empty if it is unknown.
own_count() {
  curl -fsS -m 1 "$url/-/server-status?auto" 2>/dev/null | sed -n 's/^BusyWorkers: \([0-9]*\)$/\1/p'
}
kept "$1"
url=${kept_url:-$2}
# Limits the time and not the number of polls: a poll is slow on a busy proxy, and the caller times out. Once requests have
# ended, polls to the third.
end=$(($(date +%s) + $3))
quiet=0
while [ "$quiet" -gt 0 ] || [ "$(date +%s)" -lt "$end" ]; do
  ask || {
    echo 'drained|yes||Apache does not run'
    return 0
  }
  stopping=$(curl -fsS -m 3 "http://$admin/-/server-status?auto" | sed -n 's/^Stopping: //p')
  stopping=${stopping:-0}
  if ! look "$url" || [ "$route" != "$1" ]; then
    busy=0
  elif ! flagged Dis; then
    refuse 70 "$1 has the status '$status' in the running Apache although it leaves"
  fi
  busy=${busy:-0}
  own=$(own_count)
  # One of its own requests is this one. An old generation may serve other members: the member's own count decides.
  if [ "$busy" = 0 ] && [ "${own:-1}" -le 1 ] && { [ "$stopping" = 0 ] || [ -n "$own" ]; }; then
    quiet=$((quiet + 1))
  else
    quiet=0
  fi
  [ "$quiet" -lt 3 ] || break
  sleep 0.2
done
if [ "$quiet" -ge 3 ]; then
  echo 'drained|yes||'
elif [ "$busy" -gt 0 ] && [ "${own:-2}" -le 1 ]; then
  # A process of Apache that died keeps its count until the next reload.
  echo "drained|yes||$busy counted by a process that died, the member itself is idle"
elif [ "$busy" -gt 0 ]; then
  echo "drained|no|$busy|$busy in progress"
elif [ "${own:-1}" -gt 1 ]; then
  echo "drained|no|$((own - 1))|none in progress, but $1 itself serves $((own - 1))"
else
  echo "drained|no||$stopping processes of an older generation that may still answer requests of $1"
fi
