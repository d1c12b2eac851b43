# eject NAME MINIMUM BY REASON HOST: D to the running Apache first, which needs no disk, then the file. If no worker of Apache
# is free to answer, writes the file and reloads: new processes have workers of their own.
ask_limit=1
if ask; then live=yes; else live=no running=; fi
ask_limit=3
# With a full disk what another hand did stays in the running Apache only.
[ $live = no ] || (note_other_hands) 2>/dev/null || :
kept "$1"
url=$kept_url
case $kept_state in
  none) refuse 70 "$1 is not one of its members" ;;
  left | leaving) refuse 70 "$1 has left it" ;;
esac
if [ $live = yes ] && takes_traffic "$1"; then
  guard "$1" "$2" "$5" || exit $?
  was=open
elif [ $live = no ] && [ "$kept_state" = joined ]; then
  guard_without_apache "$1" "$2" "$5" || exit $?
  was=open
fi
if [ $live = yes ]; then
  want "$1" "$url" - 1 || :
  [ -e "$members/$1.ejected" ] || unfiled=$( (write_ejected "$1" "$3" "$(now)" "$4") 2>&1) || unfiled=${unfiled:-unknown}
else
  [ -e "$members/$1.ejected" ] || write_ejected "$1" "$3" "$(now)" "$4"
  words=$("$apachectl" graceful 2>&1) || refuse 70 "wrote the ejection of $1, but apachectl graceful says: $words"
  ask_limit=1 tries=15
  until ask && { ! look "$url" || flagged Dis; }; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] ||
      refuse 72 "Apache does not answer on $admin, also after a reload; the ejection of $1 is in its file: $why"
    sleep 0.1
  done
fi
printf 'state|ejected\nwas|%s\nunfiled|%s\n' "${was:-closed}" "$(plain "${unfiled:-}")"
