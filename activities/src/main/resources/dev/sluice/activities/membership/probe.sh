# probe HOST PATH SECONDS MEMBER...: sends every tenth of a second one request pinned to each member and one that is not, all
# through the clients' port of this proxy. One line each: kind|member|code|seconds to the first byte|seconds until it was
# sent|member that answered
host=$1
path=$2
end=$(($(date +%s%N) / 1000000 + $3 * 1000))
shift 3
# Builds the arguments of one curl for all members, since a process for each would cost the proxy more than the answers.
first=yes
for member in "$@" ''; do
  kind=${member:+pinned}
  if [ "$first" = yes ]; then set --; else set -- "$@" --next; fi
  first=no
  set -- "$@" -sk -m 5 -o /dev/null --connect-to "::$site"
  set -- "$@" -w "${kind:-free}|$member|%{http_code}|%{time_starttransfer}|%{time_pretransfer}|%header{x-sluice-member}\n"
  set -- "$@" ${member:+-H "Cookie: ROUTEID=x.$member"} "https://$host$path"
done
at=$(($(date +%s%N) / 1000000))
while [ "$at" -lt "$end" ]; do
  curl "$@"
  at=$((at + 100))
  rest=$((at - $(date +%s%N) / 1000000))
  if [ "$rest" -gt 0 ]; then sleep "$(printf '0.%03d' "$rest")"; else at=$((at - rest)); fi
done
echo end
