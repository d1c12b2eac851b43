#!/usr/bin/env bash
# worker.sh [--background] : a worker; inside the lab's network when the lab is up. Its pid is kept in RUN/workers.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"
build_if_changed
lab_environment

inside=()
if [ -n "${SLUICE_LAB_PID:-}" ]; then
  if [ "$(id -u)" = 0 ]; then inside=(nsenter -t "$SLUICE_LAB_PID" -n)
  else inside=(nsenter -t "$SLUICE_LAB_PID" -U --preserve-credentials -n); fi
fi
trust=()
[ ! -e "$RUN/trust.p12" ] || trust=("-Djavax.net.ssl.trustStore=$RUN/trust.p12" -Djavax.net.ssl.trustStorePassword=changeit)
# 160 MiB of heap and the serial collector keep a worker under 300 MiB resident.
worker=("${inside[@]}" java -Xms64m -Xmx160m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:MaxMetaspaceSize=160m
  "${trust[@]}" -cp "$(classpath worker)" dev.sluice.worker.Main)

mkdir -p "$RUN/workers"
if [ "${1:-}" != --background ]; then
  echo $$ >"$RUN/workers/$$"
  exec "${worker[@]}"
fi

: "${SLUICE_WORKER_PORT:=$(free_port)}"
export SLUICE_WORKER_PORT
log=$RUN/worker-$SLUICE_WORKER_PORT.log
setsid "${worker[@]}" </dev/null >"$log" 2>&1 &
pid=$!
echo "$SLUICE_WORKER_PORT" >"$RUN/workers/$pid"
for _ in $(seq 600); do
  if "${inside[@]}" curl -sf -o /dev/null "http://127.0.0.1:$SLUICE_WORKER_PORT/actuator/health/readiness"; then
    echo "$pid"
    exit 0
  fi
  alive $pid || { rm -f "$RUN/workers/$pid"; tail -n 20 "$log" >&2; exit 2; }
  sleep 0.1
done
kill -KILL $pid; rm -f "$RUN/workers/$pid"
die "The worker was not ready within 60 s; see $log"
