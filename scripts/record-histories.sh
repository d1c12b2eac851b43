#!/usr/bin/env bash
# Records the histories that HistoriesTest replays and that are not kept yet, on a real server. To record one anew delete it
# first; only after a change that open runs cannot go through: a history that does not replay any more means that runs which
# are open today would be stuck. See docs/how-to/change-a-runbook.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
: "${TEMPORAL_CLI_PATH:?names the temporal CLI; ./verify sets it, see scripts/temporal.sh}"
mkdir -p workflows/src/test/resources/histories
exec mvn -B -q -pl workflows test -Dtest=RecordHistories
