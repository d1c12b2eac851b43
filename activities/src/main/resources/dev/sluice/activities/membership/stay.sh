# stay NAME: takes back a leave that another proxy refused; in the running Apache first
must_ask
if [ "$(file_state "$1")" = leaving ]; then
  url=$(file_url "$1")
  want "$1" "$url" 0 0 || refuse 70 "the running Apache does not know $1"
  write_member "$1" "$url" ""
  rm -f "$members/$1.left"
fi
echo 'state|joined'
