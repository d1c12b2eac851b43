# readmit NAME: in the running Apache first, then the file
must_ask
note_other_hands
url=$(file_url "$1")
case $(file_state "$1") in
  ejected)
    post "w=$url&w_status_S=0"
    must_ask
    if grep -q '^<IfFile !' "$members/$1.conf" && grep -q ' status=+N' "$members/$1.conf"; then drain=1; else drain=0; fi
    want "$1" "$url" "$drain" 0 || full=yes
    rm -f "$members/$1.ejected"
    write_loaded
    was=ejected
    ;;
  joined | draining) ;;
  *) refuse 70 "$1 is not one of its members" ;;
esac
if [ "${full:-no}" = yes ]; then state=full; else state=$(file_state "$1"); fi
look "$url" || :
printf 'state|%s\nwas|%s\nrunning|%s\n' "$state" "${was:-admitted}" "$status"
