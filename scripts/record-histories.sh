#!/usr/bin/env bash
# Records the histories that HistoriesTest replays, on a real server, as far as they are not kept yet. To record one
# anew, delete it first. Do so only after a change that open runs cannot survive: a history that no longer replays means
# that the runs which are open today would be stuck. See docs/how-to/change-a-runbook.md.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
: "${TEMPORAL_CLI_PATH:?names the temporal CLI; ./verify sets it, see scripts/temporal.sh}"
mkdir -p workflows/src/test/resources/histories
exec mvn -B -q -pl workflows test -Dtest=RecordHistories
