# open NAME: removes the drain flag, in the running Apache first; D is unchanged
must_ask
note_other_hands
kept "$1"
state=$kept_state url=$kept_url
case $state in
  draining)
    # Without its route the member is left over from a killed join, and its D is no manual change.
    if look "$url" && [ "$route" = "$1" ]; then disabled=-; else disabled=0; fi
    want "$1" "$url" 0 "$disabled" || refuse 70 "the running Apache has no member $1"
    write_member "$1" "$url" "" "$kept_health"
    note_other_hands
    kept "$1"
    state=$kept_state
    ;;
  joined) want "$1" "$url" 0 0 || refuse 70 "the running Apache has no member $1" ;;
esac
case $state in
  joined) ;;
  ejected) refuse 70 "$1 is ejected there by $(cut -d '|' -f 1 "$members/$1.ejected"): $(cut -d '|' -f 3 "$members/$1.ejected")" ;;
  none) refuse 70 "$1 is not one of its members" ;;
  *) refuse 70 "$1 has state $state there" ;;
esac
look "$url" || :
printf 'state|joined\nrunning|%s\n' "$status"
