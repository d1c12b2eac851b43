#!/bin/sh
# userns.sh COMMAND... : runs COMMAND as uid 0 of a new user namespace, keeping this process id.
# An ordinary user's map comes from newuidmap and /etc/subuid. Root writes its own (SLUICE_LAB_UID and 65535 more),
# so that the root of a machine is never the root of the host.
set -eu
if [ "$(id -u)" != 0 ]; then exec unshare --map-root-user --map-auto "$@"; fi
first=${SLUICE_LAB_UID:-200000}
directory=$(mktemp -d)
mkfifo "$directory/entered" "$directory/mapped"
# Forked twice: what this process becomes must have no child that it does not know of
( (
  read -r _ <"$directory/entered"
  echo "0 $first 65536" >"/proc/$$/uid_map"
  echo "0 $first 65536" >"/proc/$$/gid_map"
  echo >"$directory/mapped"
  rm -rf "$directory"
) </dev/null >/dev/null 2>&1 & )
# --keep-caps: until the map is written no uid of the new namespace is ours, and exec would drop all capabilities
exec unshare --user --keep-caps sh -c '
  echo >"$1/entered"
  read -r _ <"$1/mapped"
  shift
  exec setpriv --reuid 0 --regid 0 --clear-groups --inh-caps=-all "$@"' sh "$directory" "$@"
