# readmit NAME: clears D in the running Apache first, then removes the file
must_ask
note_other_hands
kept "$1"
url=$kept_url
case $kept_state in
  ejected)
    post "w=$url&w_status_S=0"
    must_ask
    if grep -q '^<IfFile !' "$members/$1.conf" && grep -q ' status=+[A-Z]*N' "$members/$1.conf"; then drain=1; else drain=0; fi
    want "$1" "$url" "$drain" 0 || full=yes
    rm -f "$members/$1.ejected"
    write_loaded
    was=ejected
    ;;
  joined | draining) ;;
  *) refuse 70 "$1 is not one of its members" ;;
esac
kept "$1"
if [ "${full:-no}" = yes ]; then state=full; else state=$kept_state; fi
look "$url" || :
printf 'state|%s\nwas|%s\nrunning|%s\n' "$state" "${was:-admitted}" "$status"
