# examine: checks that this proxy has the required modules and runs as its files state. Changes nothing, takes no lock.
must_ask
# A broken configuration lists no modules; then only that is reported.
if loaded_modules=$("$apachectl" -M 2>/dev/null); then
  for module in proxy proxy_http proxy_balancer proxy_hcheck slotmem_shm headers status; do
    printf '%s\n' "$loaded_modules" | grep -q "^ *${module}_module " || printf 'missing|%s\n' "$module"
  done
fi
words=$("$apachectl" configtest 2>&1) || printf 'broken|%s\n' "$(plain "$(printf '%s' "$words" | cut -c 1-300)")"
suits | awk '{ print "unsuited|" $0 }'
names | awk -v dir="$members" '{
  file = dir "/" $0 ".conf"
  line = ""
  getline line < file
  close(file)
  if ($0 !~ /^[a-z][a-z0-9-]*$/) printf "hand|%s is no member: its name is no node\047s\n", file
  else if (line !~ /^# Written by Sluice/) printf "hand|%s was not written by Sluice\n", file
}'
table | awk -F '|' '$2 == "joined" && (" " $5 " ") ~ / (HcFl|Err) / { printf "ill|%s is \047%s\047\n", $1, $5 }'
by_another_hand | awk -F '|' '{ printf "hand|%s is \047%s\047 in the running Apache\n", $1, $5 }'
differing | awk -F '|' '
  $1 == "" { printf "hand|%s is served and has no file\n", $3; next }
  $2 == "joined" && $4 == $1 { next } # its D is reported above
  { printf "difference|%s is \047%s\047 and should be %s\n", $1, $5, $2 }'
printf 'members|%s\nend|\n' "$(count)"
