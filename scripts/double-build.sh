#!/usr/bin/env bash
# Builds the tarball a second time, from a copy of the tracked files in another folder, and compares every byte.
# The first one is distribution/target's, from mvn package or mvn verify, on the sources as they are now.
set -euo pipefail
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
tarballs=("$here"/distribution/target/sluice-*.tar.gz)
first=${tarballs[0]}
[ -e "$first" ] || { echo "There is no tarball yet.  Make it: mvn package" >&2; exit 2; }
copy=$(mktemp -d /var/tmp/sluice-second.XXXXXX)
trap 'rm -rf "$copy"' EXIT
cd "$here"
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$copy"
without_checks=(-Dmaven.test.skip=true -Dspotless.check.skip=true)
if ! (cd "$copy" && mvn -B -q package "${without_checks[@]}" -pl distribution -am) >"$copy/build.log" 2>&1; then
  tail -n 30 "$copy/build.log" >&2
  exit 1
fi
if cmp "$first" "$copy/distribution/target/$(basename "$first")"; then
  echo "Two builds of $(basename "$first"), the same bytes: sha256 $(sha256sum "$first" | cut -d' ' -f1)"
else
  diff <(tar -tvf "$first") <(tar -tvf "$copy/distribution/target/$(basename "$first")") | head -20 || true
  echo "Two builds of $(basename "$first") differ" >&2
  exit 1
fi
