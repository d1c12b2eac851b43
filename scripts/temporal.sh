#!/usr/bin/env bash
# temporal.sh up|down : the Temporal development server with its Web UI, on loopback, with its database in RUN.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"

up() {
  if alive "$(pid_of temporal)" && [ -e "$RUN/temporal.env" ]; then return 0; fi
  end_process temporal 50
  local binary; binary=$(temporal_cli)
  local port=${SLUICE_TEMPORAL_PORT:-7233} ui=${SLUICE_UI_PORT:-8233}
  if [ -e "$RUN/temporal.env" ]; then            # it died: back to where its clients look for it
    # shellcheck source=/dev/null # written below
    . "$RUN/temporal.env"; port=${TEMPORAL_ADDRESS##*:} ui=${SLUICE_UI##*:}
  fi
  if [ -n "$(ss -Hltn "sport = :$port" 2>/dev/null)" ]; then port=$(free_port); fi
  if [ -n "$(ss -Hltn "sport = :$ui" 2>/dev/null)" ]; then ui=$(free_port); fi
  for _ in 1 2 3; do
    if serve "$binary" "$port" "$ui"; then
      printf 'export %s=%s\n' TEMPORAL_ADDRESS "127.0.0.1:$port" TEMPORAL_NAMESPACE sluice \
        SLUICE_UI "http://127.0.0.1:$ui" >"$RUN/temporal.env"
      return 0
    fi
    port=$(free_port) ui=$(free_port)            # somebody else took one of the ports meanwhile
  done
  die "Temporal did not start; see $RUN/temporal.log"
}

# Starts the server and waits until it is this one, and no other, that listens; fails if it ends before.
# Timers come when they are due, as in compose/dynamicconfig: by itself the server may be a second late with each.
serve() {
  local binary=$1 port=$2 ui=$3 pid
  setsid "$binary" server start-dev --ip 127.0.0.1 --ui-ip 127.0.0.1 --port "$port" --ui-port "$ui" \
    --db-filename "$RUN/temporal.db" --namespace sluice --ui-disable-news-fetch --log-level error \
    --dynamic-config-value 'history.timerProcessorMaxTimeShift="10ms"' </dev/null >"$RUN/temporal.log" 2>&1 &
  pid=$!
  echo "$pid" >"$RUN/temporal.pid"
  for _ in $(seq 600); do
    alive "$pid" || return 1
    if listens "$pid" "$port" && listens "$pid" "$ui" && curl -sf -o /dev/null "http://127.0.0.1:$ui/"; then
      return 0
    fi
    sleep 0.1
  done
  die "Temporal did not answer on 127.0.0.1:$port within 60 s; see $RUN/temporal.log"
}
listens() { ss -Hltnp "sport = :$2" | grep -q "pid=$1,"; }

down() {
  end_process temporal 50
  rm -f "$RUN"/temporal.env "$RUN"/temporal.db*
}
case ${1:-} in up | down) "$1" ;; *) die "usage: ./sluice temporal up|down" ;; esac
