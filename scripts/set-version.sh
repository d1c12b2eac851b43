#!/usr/bin/env bash
# Sets the version of every module. A release (a version without -SNAPSHOT) freezes the kept histories: from then on
# HistoriesTest refuses one that changed, since runs of that release may be open anywhere.
set -euo pipefail
usage() { echo "usage: scripts/set-version.sh VERSION   for example 0.2.0 or 0.3.0-SNAPSHOT"; }
case "${1:-}" in
  --help | -h) usage; exit 0 ;;
esac
[ "$#" = 1 ] && [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+(-SNAPSHOT)?$ ]] || { usage >&2; exit 2; }
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
now=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
for pom in pom.xml */pom.xml; do
  sed -i "0,/<version>$now<\/version>/s//<version>$1<\/version>/" "$pom"
done
case "$1" in
  *-SNAPSHOT) ;;
  *) (cd workflows/src/test/resources/histories && sha256sum -- *.json >frozen.sha256) ;;
esac
echo "Version $now became $1. See it: git diff --stat"
