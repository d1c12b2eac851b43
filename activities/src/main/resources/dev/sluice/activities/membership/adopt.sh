# adopt NAME URL open|drain BY WHEN REASON PATH MILLISECONDS FAILS PASSES: makes one member equal to the cluster's; BY is
# empty if no sibling has it ejected
must_ask
note_other_hands
[ ! -e "$members/$1.left" ] || refuse 70 "$1 has left it; names are never reused"
kept "$1"
if [ "$kept_state" = none ]; then
  must_pass_configtest
  [ -z "$4" ] || [ -e "$members/$1.ejected" ] || write_ejected "$1" "$4" "$5" "$6"
  write_member "$1" "$2" +NC "$(questions "$7" "$8" "$9" "${10}")"
elif [ -n "$4" ] && [ ! -e "$members/$1.ejected" ]; then
  write_ejected "$1" "$4" "$5" "$6"
fi
kept "$1"
[ "$kept_url" = "$2" ] || refuse 70 "it has $1 at $kept_url, expected $2"
case $3.$kept_state in
  *.ejected) want "$1" "$2" - 1 ;;
  open.*) want "$1" "$2" 0 0 ;;
  *.draining) want "$1" "$2" 1 0 ;;
  *) : ;;
esac || full=yes
if [ "$3" = open ]; then
  write_member "$1" "$2" "" "$kept_health"
fi
kept "$1"
printf 'state|%s\nfull|%s\n' "$kept_state" "${full:-no}"
