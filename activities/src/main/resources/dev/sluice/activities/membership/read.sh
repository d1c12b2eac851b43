# read: prints every member from the files and the running Apache. Changes nothing, takes no lock.
must_ask
table | awk -F '|' -v dir="$members" '
  $1 != "" {
    state = $2
    known = $4 == $1
    note = ""
    if (known && state == "joined" && (" " $5 " ") ~ / (Dis|Stop) /) {
      state = "ejected"
      note = "another hand||found \047" $5 "\047 in the running Apache"
    }
    file = dir "/" $1 ".ejected"
    if ((getline line < file) > 0) note = line
    close(file)
    printf "member|%s|%s|%s|%s|%s|%s\n", $1, state, $3, known ? $5 : "", known ? $6 : 0, note
  }'
for file in "$members"/*.left; do
  name=${file##*/}
  name=${name%.left}
  [ ! -e "$file" ] || [ -e "$members/$name.conf" ] || printf 'member|%s|left||||\n' "$name"
done
echo end
