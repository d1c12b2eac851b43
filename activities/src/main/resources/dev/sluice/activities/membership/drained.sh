# drained NAME URL SECONDS: D, nothing in flight three times in a row, and no old generation. Takes no lock.
url=$(file_url "$1")
url=${url:-$2}
polls=$(($3 * 5))
quiet=0
while [ "$quiet" -lt 3 ] && [ "$polls" -gt 0 ]; do
  polls=$((polls - 1))
  ask || {
    echo 'drained|yes|Apache does not run'
    return 0
  }
  stopping=$(curl -fsS -m 3 "http://$admin/-/server-status?auto" | sed -n 's/^Stopping: //p')
  busy=$(field "$url" 5)
  if ! known "$url" || [ "$(field "$url" 2)" != "$1" ]; then
    busy=0
  elif ! flagged "$url" Dis; then
    refuse 70 "$1 is '$(field "$url" 3)' in the running Apache although it leaves"
  fi
  if [ "${busy:-0}" = 0 ] && [ "${stopping:-0}" = 0 ]; then quiet=$((quiet + 1)); else quiet=0; fi
  [ "$quiet" -ge 3 ] || sleep 0.2
done
if [ "$quiet" -ge 3 ]; then
  echo 'drained|yes|'
elif [ "${stopping:-0}" = 0 ]; then
  echo "drained|stuck|$busy in flight"
else
  echo "drained|no|$busy in flight, $stopping processes of an older generation"
fi
