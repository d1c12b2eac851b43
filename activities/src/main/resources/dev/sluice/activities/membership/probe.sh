# probe HOST PATH SECONDS MEMBER...: every tenth of a second one request pinned to each member and one that is not, all
# through the clients' port of this proxy. One line each: kind|member asked|code|milliseconds|member that answered
host=$1
path=$2
end=$(($(date +%s%N) / 1000000 + $3 * 1000))
shift 3
ask_site() {
  curl -sk -m 5 -o /dev/null --connect-to "::$site" -w "$1|$2|%{http_code}|%{time_starttransfer}|%{time_pretransfer}|%header{x-sluice-member}\n" ${2:+-H "Cookie: ROUTEID=x.$2"} "https://$host$path"
}
at=$(($(date +%s%N) / 1000000))
while [ "$at" -lt "$end" ]; do
  for member in "$@"; do
    ask_site pinned "$member"
  done
  ask_site free ""
  at=$((at + 100))
  rest=$((at - $(date +%s%N) / 1000000))
  if [ "$rest" -gt 0 ]; then sleep "$(printf '0.%03d' "$rest")"; else at=$((at - rest)); fi
done
echo end
