# leave NAME URL MINIMUM OWN HOST: tombstone, +D in the file, then D in the running Apache. MINIMUM is not asked when OWN is yes.
if [ "$4" = yes ]; then
  ask || running=
else
  must_ask
fi
[ -z "$running" ] || note_other_hands
kept "$1"
state=$kept_state url=$kept_url
url=${url:-$2}
if [ "$4" != yes ] && takes_traffic "$1"; then
  guard "$1" "$3" "$5" || exit $?
  was=open
fi
put "$members/$1.left" </dev/null
[ "$state" = none ] || [ "$state" = left ] || write_member "$1" "$url" +D "$kept_health"
if look "$url" && [ "$route" = "$1" ]; then
  want "$1" "$url" - 1
fi
printf 'state|%s\nwas|%s\n' "$state" "${was:-closed}"
