#!/usr/bin/env bash
# java25.sh [--long]: runs what ./verify built on the newer Java that JAVA25_HOME names. The tarball's programs must
# print what they print on Java 17 and nothing else; then a runbook runs in process. With --long the tests of all
# modules run, except those that drive whole labs.
set -euo pipefail
SLUICE_HOME=${SLUICE_HOME:-$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)}
java=${JAVA25_HOME:?names a newer Java}/bin/java
[ -x "$java" ] || { echo "JAVA25_HOME names no Java: there is no $java" >&2; exit 2; }
tarball=("$SLUICE_HOME"/distribution/target/sluice-*.tar.gz)
[ -e "${tarball[0]}" ] || { echo "There is no tarball: mvn package" >&2; exit 2; }
unpacked=$(mktemp -d "${TMPDIR:-/var/tmp}/java25.XXXXXX")
trap 'rm -rf "$unpacked"' EXIT
begun=$SECONDS

# Prints what a program prints, and its exit code. Of the caller's environment it gets the paths only.
output_of() { # JAVA_HOME PROGRAM…
  local java_home=$1 program=$2 rc=0
  shift 2
  env -i PATH="$PATH" HOME="$unpacked" TEMPORAL_ADDRESS=127.0.0.1:9 JAVA_HOME="$java_home" \
    "$unpacked/bin/$program" "$@" 2>&1 || rc=$?
  echo "exit code $rc"
}
tar -xzf "${tarball[0]}" --strip-components=1 -C "$unpacked"
older_home=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
for line in 'sluice --version' 'sluice list' 'sluice nonsense' 'sluice-worker'; do
  read -ra program <<<"$line"
  expected=$(output_of "$older_home" "${program[@]}")
  actual=$(output_of "$JAVA25_HOME" "${program[@]}")
  if [ "$actual" != "$expected" ]; then
    printf '"%s" says on %s:\n%s\nand otherwise:\n%s\n' "$line" "$JAVA25_HOME" "$actual" "$expected"
    exit 1
  fi
done

cd "$SLUICE_HOME"
tests=(surefire:test -pl workflows -Dtest=RetireNodeTest) passed="a runbook in process"
if [ "${1:-}" = --long ]; then
  tests=(test -pl 'workflows,activities,worker,starter,lab') passed="all modules' tests"
fi
mvn -B -q "${tests[@]}" -Dspotless.check.skip=true -Dtest.java="$java" -Dtest.reports=java25
printf 'On %s: the programs say what they say here, and %s passed, %d s\n' \
  "$("$java" -version 2>&1 | sed -n '1s/"//gp')" "$passed" $((SECONDS - begun))
