# eject NAME MINIMUM BY REASON: writes the file first, then D to the running Apache
must_ask
note_other_hands
kept "$1"
case $kept_state in
  none) refuse 70 "$1 is not one of its members" ;;
  left | leaving) refuse 70 "$1 has left it" ;;
esac
if takes_traffic "$1"; then
  guard "$1" "$2"
  was=open
fi
[ -e "$members/$1.ejected" ] || write_ejected "$1" "$3" "$(now)" "$4"
want "$1" "$kept_url" - 1 || :
printf 'state|ejected\nwas|%s\n' "${was:-closed}"
