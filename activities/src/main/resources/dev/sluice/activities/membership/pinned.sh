# pinned HOST PATH: sends one request pinned to each joined member, all at once, through the clients' port of this proxy. One
# line each: pinned|member|code|seconds|member that answered. A file of another hand, whose name is no node, is no member.
host=$1
path=$2
set --
for member in $(files | awk -F '|' '$2 == "joined" && $1 ~ /^[a-z][a-z0-9-]*$/ { print $1 }'); do
  [ $# -eq 0 ] || set -- "$@" --next
  set -- "$@" -sk -m 3 -o /dev/null --connect-to "::$site" -H "Cookie: ROUTEID=x.$member"
  set -- "$@" -w "pinned|$member|%{http_code}|%{time_total}|%header{x-sluice-member}\n" "https://$host$path"
done
[ $# -eq 0 ] || curl -Z --parallel-immediate --parallel-max 64 "$@" 2>/dev/null || :
echo end
