#!/usr/bin/env bash
# stranger.sh: runs the commands of docs/tutorial.md, part "In the lab", as they are written there, and nothing else. It
# runs them like a user who has never seen Sluice: with a clean environment, an empty home and directories of its own.
# It replaces IMAGE and NODE by what the output named last. A command must end with 0, or with the code that its comment
# "# exit code N" names.
#   stranger.sh                     with this checkout and what it has built already
#   stranger.sh --new-user          (root) with a clone of it in the home of a new user, who is removed afterwards
#   stranger.sh --new-user --built  (root) the same, with a copy of what is built and cached here instead of a build
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
cache=${SLUICE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice}

as_new_user() { # [--built]
  [ "$(id -u)" = 0 ] || { echo "Only root can make a new user." >&2; exit 2; }
  user=sluice-stranger-$$
  useradd --create-home --shell /bin/bash "$user"
  home=$(getent passwd "$user" | cut -d: -f6)
  trap user_goes EXIT
  if [ "${1:-}" = --built ]; then copy_what_is_built; else git clone -q "$here" "$home/sluice"; fi
  chown -R "$user:" "$home"
  as_user "$home/sluice/scripts/stranger.sh"
}
as_user() { # COMMAND…
  (cd / && setpriv --reuid "$user" --regid "$user" --init-groups \
    env -i HOME="$home" USER="$user" PATH="$PATH" "$@")
}

# The class archive holds for one folder only, so it is made anew.
copy_what_is_built() {
  mkdir -p "$home/sluice" "$home/.cache/sluice"
  local left_out=(--exclude=./.git --exclude=./.sluice --exclude=./distribution/target --exclude=./acceptance/target)
  tar -C "$here" "${left_out[@]}" -cf - . | tar -C "$home/sluice" -xf -
  cp -p "$cache"/base-*.tar.zst "$cache"/temporal-* "$home/.cache/sluice/"
  chown -R "$user:" "$home"
  as_user SLUICE_HOME="$home/sluice" bash -c '. "$SLUICE_HOME/scripts/common.sh" && archive_classes'
}

user_goes() {
  local rc=$? left
  left=$(pgrep -u "$user" -a || true)
  if [ -n "$left" ]; then
    printf 'Left running:\n%s\n' "$left"
    cut -d' ' -f1 <<<"$left" | xargs kill -KILL 2>/dev/null || true
    rc=1
  fi
  userdel --remove --force "$user" >/dev/null 2>&1 || true
  exit $rc
}
if [ "${1:-}" = --new-user ]; then as_new_user "${2:-}"; exit; fi

# Again, with nothing of the caller's environment but where things are. What is not built yet wants Maven's own cache.
if [ -z "${STRANGER:-}" ]; then
  own=$(mktemp -d "${TMPDIR:-/var/tmp}/stranger.XXXXXX")
  chmod 711 "$own"                                     # the lab's machines run as other users, below it
  mkdir -m 700 "$own/said" "$own/home"
  home=$HOME; [ ! -e "$here/target/built" ] || home=$own/home
  set +e
  env -i STRANGER="$own" HOME="$home" USER="${USER:-}" PATH="$PATH" \
    SLUICE_RUN_DIR="$own/run" SLUICE_LAB_DIR="$own/lab" SLUICE_CACHE="$cache" "$0"
  rc=$?
  set -e
  if [ $rc = 0 ] && [ -z "${KEEP:-}" ]; then rm -rf "$own"; else echo "What was printed is in $own/said" >&2; fi
  exit $rc
fi

cd "$here"
put_away() { # whatever happened, and what the tutorial wrote
  SLUICE_HOME=$here ./sluice lab down >"$STRANGER/said/down" 2>&1 || true
  rm -rf "$here/first"
}
last_printed() { # PATTERN
  cat "$STRANGER"/said/* 2>/dev/null | grep -oE "$1" | tail -n 1 || true
}
[ ! -e first ] || { echo "There is a folder 'first' here already, which the tutorial would write." >&2; exit 2; }
trap put_away EXIT

echo "As $(id -un), uid $(id -u), in $here"
begun=$(date +%s); count=0; served=
while IFS= read -r typed; do
  wanted=$(sed -n 's/.*# exit code \([0-9]*\).*/\1/p' <<<"$typed")
  image=$(last_printed 'template approve [0-9]+')
  image=${image##* }
  node=$(last_printed 'hello-(app|proxy)-[a-z0-9]{4}\b')
  typed=${typed//IMAGE/$image}; typed=${typed//NODE/$node}
  count=$((count + 1)); out=$STRANGER/said/$(printf '%03d' $count)
  printf '%3d s  $ %s\n' $(($(date +%s) - begun)) "$typed"
  rc=0
  eval "$typed" >"$out" 2>&1 </dev/null || rc=$?
  if [ "$rc" != "${wanted:-0}" ]; then
    cat "$out"; echo "That ended with exit code $rc, expected ${wanted:-0}."; exit 1
  fi
  if [ -z "$served" ] && grep -q 'hello from' "$out"; then
    served=yes; printf '%3d s  A page was served.\n' $(($(date +%s) - begun))
  fi
done < <(sed -n '/^## In the lab$/,/^## On your own/p' docs/tutorial.md | sed -n '/^```sh$/,/^```$/p' | grep -v '^```')
[ -n "$served" ] || { echo "No page was served."; exit 1; }
printf '%3d s  The tutorial holds.\n' $(($(date +%s) - begun))
