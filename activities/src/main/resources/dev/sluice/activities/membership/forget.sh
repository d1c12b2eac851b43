# forget NAME: removes the file and keeps the tombstone; removes old tombstones and files of killed writers
put "$members/$1.left" </dev/null
rm -f "$members/$1.conf" "$members/$1.ejected"
write_loaded
find "$members" -name '*.left' -mtime +90 -exec rm -f {} +
find "$members" -name '.*.[0-9]*' -mmin +10 -exec rm -f {} +
echo 'state|left'
