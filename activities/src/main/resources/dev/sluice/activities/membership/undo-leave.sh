# undo-leave NAME: rolls back a leave that another proxy refused, in the running Apache first
must_ask
kept "$1"
if [ "$kept_state" = leaving ]; then
  url=$kept_url
  if [ -e "$members/$1.ejected" ]; then disabled=1; else disabled=0; fi
  want "$1" "$url" 0 "$disabled" || refuse 70 "the running Apache has no member $1"
  write_member "$1" "$url" "" "$kept_health"
  rm -f "$members/$1.left"
fi
echo 'state|joined'
