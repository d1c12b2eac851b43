#!/usr/bin/env bash
# worker.sh [--background [HOW_MANY]]: starts a worker, inside the lab's network when the lab is up. RUN/workers keeps
# its pid. In the background several start at the same time; their pids are printed once all are ready.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"
usage="usage: ./sluice worker [--background [HOW_MANY]]"
case "${1:-} ${2:-}" in
  ' ' | '--background ' | '--background '[1-9]*) ;;
  '--help '* | '-h '*) echo "$usage"; exit 0 ;;
  *) die "$usage" ;;
esac
build_if_changed
lab_environment

INSIDE_LAB=()
[ -z "${SLUICE_LAB_PID:-}" ] || set_inside_lab
trust=()
if [ -e "$RUN/trust.p12" ]; then
  trust=("-Djavax.net.ssl.trustStore=$RUN/trust.p12" -Djavax.net.ssl.trustStorePassword=changeit)
fi
archive_option sluice-worker
worker=("${INSIDE_LAB[@]}" java "${WORKER_OPTIONS[@]}" "${ARCHIVE[@]}" "${trust[@]}"
  -cp "$(classpath worker)" dev.sluice.worker.WorkerMain)

mkdir -p "$RUN/workers"
if [ "${1:-}" != --background ]; then
  echo $$ >"$RUN/workers/$$"
  exec "${worker[@]}"
fi

declare -A port_of=()                                     # by pid
start() { # PORT
  SLUICE_WORKER_PORT=$1 setsid "${worker[@]}" </dev/null >"$RUN/worker-$1.log" 2>&1 &
  port_of[$!]=$1
  echo "$1" >"$RUN/workers/$!"
}
await() { # PID
  local log=$RUN/worker-${port_of[$1]}.log readiness=http://127.0.0.1:${port_of[$1]}/actuator/health/readiness
  for _ in $(seq 600); do
    if "${INSIDE_LAB[@]}" curl -sf -o /dev/null "$readiness"; then return 0; fi
    alive "$1" || { give_up; tail -n 20 "$log" >&2; exit 2; }
    sleep 0.1
  done
  give_up
  die "The worker was not ready within 60 s; see $log"
}
give_up() {
  for pid in "${!port_of[@]}"; do kill -KILL "$pid" 2>/dev/null || true; rm -f "$RUN/workers/$pid"; done
}

many=${2:-1}
[[ $many =~ ^[1-9]$ ]] || die "usage: ./sluice worker [--background [HOW_MANY]]"
if [ -n "${SLUICE_WORKER_PORT:-}" ] && [ "$many" != 1 ]; then
  die "SLUICE_WORKER_PORT names one port, for one worker."
fi
while [ ${#port_of[@]} -lt "$many" ]; do
  port=${SLUICE_WORKER_PORT:-$(free_port)}
  [[ " ${port_of[*]} " == *" $port "* ]] || start "$port"
done
for pid in "${!port_of[@]}"; do await "$pid"; done
printf '%s\n' "${!port_of[@]}"
