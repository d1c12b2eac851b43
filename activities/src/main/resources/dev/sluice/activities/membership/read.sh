# read: what the files and the running Apache say of every member. Changes nothing, takes no lock.
must_ask
for name in $(names); do
  url=$(file_url "$name")
  state=$(file_state "$name")
  note=
  status=
  elected=0
  if [ "$(field "$url" 2)" = "$name" ]; then
    status=$(field "$url" 3)
    elected=$(field "$url" 4)
    if [ "$state" = joined ] && { flagged "$url" Dis || flagged "$url" Stop; }; then
      state=ejected
      note="another hand||found '$status' in the running Apache"
    fi
  fi
  [ ! -e "$members/$name.ejected" ] || note=$(head -n 1 "$members/$name.ejected")
  printf 'member|%s|%s|%s|%s|%s|%s\n' "$name" "$state" "$url" "$status" "$elected" "$note"
done
for file in "$members"/*.left; do
  name=${file##*/}
  name=${name%.left}
  [ ! -e "$file" ] || [ -e "$members/$name.conf" ] || printf 'member|%s|left||||\n' "$name"
done
echo end
