#!/usr/bin/env bash
# java25.sh [--long] : what ./verify built, on the newer Java that JAVA25_HOME names: the tarball's programs, which must say on
# stderr nothing that Java 17 does not say, and a runbook in process. --long: the tests of all modules but for those that
# drive whole labs.
set -euo pipefail
SLUICE_HOME=${SLUICE_HOME:-$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)}
java=${JAVA25_HOME:?names a newer Java}/bin/java
[ -x "$java" ] || { echo "JAVA25_HOME names no Java: there is no $java" >&2; exit 2; }
tarball=("$SLUICE_HOME"/distribution/target/sluice-*.tar.gz)
[ -e "${tarball[0]}" ] || { echo "There is no tarball: mvn package" >&2; exit 2; }
place=$(mktemp -d "${TMPDIR:-/var/tmp}/java25.XXXXXX")
trap 'rm -rf "$place"' EXIT
begun=$SECONDS

# What a program says and its exit code; nothing of the caller's environment but where things are.
said() { # JAVA PROGRAM…
  local java_home=$1; shift
  local rc=0
  env -i PATH="$PATH" HOME="$place" TEMPORAL_ADDRESS=127.0.0.1:9 JAVA_HOME="$java_home" "$place/bin/$1" "${@:2}" 2>&1 || rc=$?
  echo "exit code $rc"
}
tar -xzf "${tarball[0]}" --strip-components=1 -C "$place"
old=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")
for line in 'sluice --version' 'sluice list' 'sluice nonsense' 'sluice-worker'; do
  read -ra program <<<"$line"
  here=$(said "$old" "${program[@]}"); there=$(said "$JAVA25_HOME" "${program[@]}")
  [ "$here" = "$there" ] || { printf '"%s" says on %s:\n%s\nand otherwise:\n%s\n' "$line" "$JAVA25_HOME" "$there" "$here"; exit 1; }
done

cd "$SLUICE_HOME"
tests=(surefire:test -pl workflows -Dtest=RetireNodeTest)
if [ "${1:-}" = --long ]; then tests=(test -pl 'workflows,activities,worker,starter,lab'); fi
mvn -B -q "${tests[@]}" -Dspotless.check.skip=true -Dtest.java="$java" -Dtest.reports=java25
printf 'On %s: the programs say what they say here, and %s passed, %d s\n' \
  "$("$java" -version 2>&1 | sed -n '1s/"//gp')" "$([ "${1:-}" = --long ] && echo "all modules' tests" || echo "a runbook in process")" $((SECONDS - begun))
