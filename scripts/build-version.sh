#!/usr/bin/env bash
# Builds the tarball of any version from the commit that set it, once, and prints the path of the tarball in the cache.
set -euo pipefail
usage() { echo "usage: scripts/build-version.sh VERSION | COMMIT   for example 0.2.0"; }
case "$#${1:-}" in
  1--help | 1-h) usage; exit 0 ;;
  1-* | 0) usage >&2; exit 2 ;;
  1*) ;;
  *) usage >&2; exit 2 ;;
esac
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)
SLUICE_HOME=$here . "$here/scripts/common.sh"
cd "$here"

# The first <version> of the root pom.xml is the project's; those of its dependencies follow.
version_at() { git show "$1:pom.xml" 2>/dev/null | sed -n 's/^  <version>\(.*\)<\/version>$/\1/p;' | head -n 1; }

# The oldest commit whose pom.xml has that version: it set the version.
commit_that_set() {
  local commit found=
  while read -r commit; do
    [ "$(version_at "$commit")" != "$1" ] || found=$commit
  done < <(git log --format=%H -G"<version>$1</version>" -- pom.xml)
  echo "$found"
}

commit=$(commit_that_set "$1")
[ -n "$commit" ] || commit=$(git rev-parse --verify --quiet "$1^{commit}") \
  || die "No commit set the version '$1', and it names no commit. Versions are set in pom.xml: git log -- pom.xml"
version=$(version_at "$commit")
tarball=$CACHE/versions/$commit/sluice-$version.tar.gz
if [ ! -e "$tarball" ]; then
  copy=$(mktemp -d /var/tmp/sluice-version.XXXXXX)
  trap 'rm -rf "$copy"' EXIT
  git archive "$commit" | tar -x -C "$copy"
  without_checks=(-Dmaven.test.skip=true -Dspotless.check.skip=true)
  if ! (cd "$copy" && mvn -B -q package "${without_checks[@]}" -pl distribution -am) >"$copy/build.log" 2>&1; then
    tail -n 30 "$copy/build.log" >&2
    die "Version $version of commit $commit does not build here."
  fi
  mkdir -p "$(dirname "$tarball")"
  mv "$copy/distribution/target/sluice-$version.tar.gz" "$tarball.new"
  mv "$tarball.new" "$tarball"
fi
echo "$tarball"
