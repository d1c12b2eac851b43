# shellcheck shell=bash
# What demo.sh stands on; sourced by it, after common.sh.

# ---- begin and end ----

begin_demo() { # [--keep]
  keep=no
  case $#${1:-} in
    0) ;;
    1--keep) keep=yes ;;
    1--help | 1-h) echo "usage: ./sluice demo [--keep]"; exit 0 ;;
    *) die "usage: ./sluice demo [--keep]" ;;
  esac
  export SLUICE_FILE=$SLUICE_HOME/examples/hello/sluice.yaml NO_COLOR=1
  results=$RUN/demo                                       # what each command prints, one file each
  rm -rf "$results"
  mkdir -p "$results"
  begun=$(now)
  leftovers_before=$(count_leftovers)
  background=()
  trap clean_up EXIT
  trap 'exit 130' INT TERM
}

# However the demo ends: the load ends too, and the lab goes down unless it is to be kept.
clean_up() {
  local rc=$?
  stop_traffic
  if [ "$keep" = no ] || [ $rc != 0 ]; then stop_lab || true; fi
  exit $rc
}

end_demo() {
  local web_ui=$SLUICE_UI/namespaces/sluice/workflows
  if [ "$keep" = yes ]; then
    heading "Try next"
    line "./sluice status    or, for dates that run out: ./sluice expiry"
    line "./sluice deploy --role app --reason \"my own\""
    line "./sluice lab break    and in the end: ./sluice lab down"
    line "Web UI  $web_ui   (running)"
  else
    stop_lab
    print_leftovers
    heading "Try next"
    line "./sluice demo --keep    then ./sluice status, ./sluice retire NODE --reason …"
    line "./sluice --help"
    line "docs/configuration.md: your own account"
    line "Web UI  $web_ui   (while it is up)"
  fi
}

print_leftovers() {
  heading "What is left behind"
  local leftovers; leftovers=$(count_leftovers)
  if [ "$leftovers" != "$leftovers_before" ]; then
    diff <(echo "$leftovers_before") <(echo "$leftovers") | indent | at_most 5
    exit 1
  fi
  line "nothing: no process, mount, network link or lab directory that was not there before"
  line "Took $(seconds_since "$begun")."
}

# Counts what a run of this checkout could leave on this machine.
count_leftovers() {
  local lab=${SLUICE_LAB_DIR:-/var/tmp/sluice-lab-$(id -u)}
  printf 'mounts %s, ' "$(grep -c "$lab" /proc/mounts || true)"
  printf 'processes %s, ' "$(pgrep -fc "$lab|$RUN/temporal.db|$SLUICE_HOME/(worker|lab)/target" || true)"
  printf 'network links %s, ' "$(ip -o link 2>/dev/null | wc -l)"
  printf 'lab directories %s\n' "$([ -e "$lab" ] && echo 1 || echo 0)"
}

# ---- commands ----

sluice() { "$SLUICE_HOME/sluice" "$@"; }

# Runs a command and keeps what it prints under a name. A command that fails ends the demo.
run() { # NAME COMMAND…
  local name=$1 rc=0
  shift
  sluice "$@" >"$results/$name" 2>&1 || rc=$?
  if [ $rc != 0 ]; then
    printf '\nThe demo stops: this failed with exit code %s:  sluice %s\n' $rc "$*"
    cat "$results/$name"
    exit 1
  fi
}

# Runs a command that must fail.
run_refused() { # NAME COMMAND…
  local name=$1
  shift
  if sluice "$@" >"$results/$name" 2>&1; then
    printf '\nThe demo stops: this should have failed:  sluice %s\n' "$*"
    cat "$results/$name"
    exit 1
  fi
}

in_background() { # NAME COMMAND…
  run "$@" &
  background+=($!)
}

await_background() {
  local pid
  for pid in "${background[@]}"; do wait "$pid"; done
  background=()
}

# ---- lab and workers ----

start_lab() {
  sluice lab up >"$results/up" 2>&1 || { cat "$results/up"; exit 1; }
  indent <"$results/up" | at_most 5
  lab_environment
}
stop_lab() { "$SLUICE_HOME/scripts/lab.sh" down >"$results/down" 2>&1 || { cat "$results/down"; return 1; }; }

start_workers() { # HOW_MANY
  "$SLUICE_HOME/scripts/worker.sh" --background "$1" >"$results/workers" 2>&1 || { cat "$results/workers"; exit 1; }
}

kill_a_worker() {
  local workers=("$RUN"/workers/*) victim
  victim=${workers[0]##*/}
  kill -KILL "$victim"
  rm -f "$RUN/workers/$victim"
  line "worker $victim was killed (-9) after the first boot"
}

# ---- traffic ----

# A client of the site, inside the lab's network. It keeps its counts in a file, twice a second.
start_traffic() { # REQUESTS_A_SECOND
  set_inside_lab
  local clients=10 connection_seconds=30 limit_seconds=900
  setsid "${INSIDE_LAB[@]}" java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$(classpath lab)" dev.sluice.lab.load.LoadGenerator \
    www.hello.example 443 / "$SLUICE_DNS" "$SLUICE_SITE_CA" \
    "$1" $clients $connection_seconds $limit_seconds "$results/tally" \
    </dev/null >"$results/load" 2>&1 &
  echo $! >"$RUN/load.pid"
  for _ in $(seq 100); do
    if [ -e "$results/tally" ] && [ "$(tally requests)" -gt 100 ]; then break; fi
    sleep 0.1
  done
}
stop_traffic() { end_process load 50; }

tally() { # KEY
  python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$results/tally" "$1"
}
print_traffic() {
  local with_commas='import sys; print(f"{int(sys.argv[1]):,}")'
  line "$(python3 -c "$with_commas" "$(tally requests)") requests, $(tally failed) failed"
}

# ---- what the screen shows ----

heading() { printf '\n%s\n' "$*"; }
line() { printf '  %s\n' "$*"; }
indent() { sed 's/^ */  /'; }
at_most() { sed -n "1,$1p"; } # LINES; reads to the end, unlike head, so that no pipe breaks

now() { date +%s%N; }
seconds_since() { # NANOSECONDS
  awk -v nanoseconds=$(($(now) - $1)) 'BEGIN { printf "%.1f s", nanoseconds / 1e9 }'
}

first_line_of() { head -n 1 "$results/$1"; } # NAME
print_all_lines_of() { # NAME PATTERN
  { grep -E "$2" "$results/$1" || true; } | indent
}
print_lines_of() { # NAME PATTERN: four lines at most
  print_all_lines_of "$1" "$2" | at_most 4
}
await_line_of() { # NAME PATTERN
  for _ in $(seq 200); do
    if grep -q "$2" "$results/$1" 2>/dev/null; then return; fi
    sleep 0.05
  done
}
image_of() { # NAME of a bake, which prints the command that approves its image
  sed -nE '/template approve [0-9]+/ { s/.*template approve ([0-9]+).*/\1/p; q }' "$results/$1"
}
