# join NAME URL PATH MILLISECONDS FAILS PASSES: adds the member with the drain flag. An ejection stays. A
# member that left cannot join again.
must_ask
note_other_hands
[ ! -e "$members/$1.left" ] || refuse 70 "$1 has left it; names are never reused"
holder=$(files | awk -F '|' -v name="$1" -v url="$2" '$1 != name && $3 == url { print $1; exit }')
[ -z "$holder" ] || refuse 70 "$2 is still the address of $holder"
must_pass_configtest
kept "$1"
heir=
if [ "$kept_state" = none ]; then
  # Another member served at this address: Apache still holds connections to a deleted machine, and each of them would
  # cost one of the new member's first requests a 502. Only a reload closes them.
  if look "$2" && [ "$elected" -gt 0 ]; then heir=yes; fi
  write_member "$1" "$2" +NC "$(questions "$3" "$4" "$5" "$6")"
  kept "$1"
fi
[ "$kept_url" = "$2" ] || refuse 70 "it has $1 at $kept_url, expected $2"
state=$kept_state
case $state in
  draining) want "$1" "$2" 1 0 ;;
  joined) want "$1" "$2" 0 0 ;;
  ejected) want "$1" "$2" - 1 ;;
  *) refuse 70 "$1 is $state there" ;;
esac || state=full
[ -z "$heir" ] || state=full
look "$2" || :
printf 'state|%s\nrunning|%s\n' "$state" "$status"
