#!/usr/bin/env bash
# Prints each suite's time against its budget, in seconds, from the reports of the last run. CONTRIBUTING.md has the
# budgets.
set -euo pipefail
cd "$SLUICE_HOME"
printf '\n%-14s %8s %8s %8s\n' SUITE TESTS SECONDS BUDGET
over=0
while read -r module budget; do
  mapfile -t files < <(find "$module/target" -path '*-reports/TEST-*.xml' ! -name '*Suite.xml' 2>/dev/null)
  [ ${#files[@]} -gt 0 ] || continue
  read -r tests seconds < <(awk '
    match($0, /<testsuite /) {
      if (match($0, / tests="[0-9]+"/)) tests += substr($0, RSTART + 8, RLENGTH - 9)
      if (match($0, / time="[0-9.,]+"/)) seconds += substr($0, RSTART + 7, RLENGTH - 8)
    }
    END { printf "%d %d\n", tests, seconds }' "${files[@]}")
  note=; if [ "$seconds" -gt "$budget" ]; then note=' over its budget'; over=1; fi
  printf '%-14s %8d %8d %8d%s\n' "$module" "$tests" "$seconds" "$budget" "$note"
done < <(sed -n 's/^| `\([a-z]*\)` | \([0-9]*\) s .*/\1 \2/p' CONTRIBUTING.md)
echo
[ "$over" = 0 ] || echo "A suite took longer than its budget: make it quicker, or argue for more in CONTRIBUTING.md."
