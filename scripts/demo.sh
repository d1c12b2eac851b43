#!/usr/bin/env bash
# demo.sh [--keep] : the whole story on this machine. Every number it prints is measured in this run.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"
export SLUICE_FILE=$SLUICE_HOME/examples/hello/sluice.yaml NO_COLOR=1
keep=; [ "${1:-}" != --keep ] || keep=1
log=$RUN/demo; rm -rf "$log"; mkdir -p "$log"
begun=$(date +%s%N)

heading() { printf '\n%s\n' "$*"; }
tell() { sed 's/^ */  /' | head -n 5; }                       # at most five lines, indented
seconds() { awk -v ns=$(($(date +%s%N) - $1)) 'BEGIN { printf "%.1f s", ns / 1e9 }'; }
sluice() { "$SLUICE_HOME/sluice" "$@"; }
must() { # FILE COMMAND… : runs it, keeps what it prints, stops the demo with it if it fails
  local file=$log/$1; shift
  local rc=0
  sluice "$@" >"$file" 2>&1 || rc=$?
  [ $rc = 0 ] || { printf '\nThe demo stops: this failed with exit code %s:  sluice %s\n' $rc "$*"; cat "$file"; exit 1; }
}
tally() { python3 -c 'import json, sys; t = json.load(open(sys.argv[1])); print(t[sys.argv[2]])' "$log/tally" "$1"; }
steps() { grep -E "$2" "$log/$1" || true; }
traffic() { printf '%s requests, %s failed\n' "$(tally requests | sed ':a;s/\B[0-9]\{3\}\>/,&/;ta')" "$(tally failed)"; }

finish() { # however it ends: the load ends, and without --keep the lab goes
  local rc=$?
  end_process load 50
  if [ -z "$keep" ] || [ $rc != 0 ]; then "$SLUICE_HOME/scripts/lab.sh" down >"$log/down" 2>&1 || cat "$log/down"; fi
  exit $rc
}
left_behind() {
  heading "What is left behind"
  local now; now=$(things)
  if [ "$now" = "$before" ]; then echo "  nothing: no process, mount, network link or lab directory that was not there before" 
  else diff <(echo "$before") <(echo "$now") | tell; exit 1; fi
  echo "  Took $(seconds "$begun")."
}
things() { # what a run of this checkout could leave on this machine
  local dir=${SLUICE_LAB_DIR:-/var/tmp/sluice-lab-$(id -u)}
  printf 'mounts %s, ' "$(grep -c "$dir" /proc/mounts || true)"
  printf 'processes %s, ' "$(pgrep -fc "$dir|$RUN/temporal.db|$SLUICE_HOME/(worker|lab)/target" || true)"
  printf 'network links %s, ' "$(ip -o link 2>/dev/null | wc -l)"
  printf 'lab directories %s\n' "$([ -e "$dir" ] && echo 1 || echo 0)"
}
before=$(things)
trap finish EXIT
trap 'exit 130' INT TERM

heading "Preparing: a cloud, Temporal and two workers on this machine"
t=$(date +%s%N)
sluice lab up >"$log/up" 2>&1 || { cat "$log/up"; exit 1; }
tell <"$log/up"
lab_environment
w=$(date +%s%N)
"$SLUICE_HOME/scripts/worker.sh" --background 2 >"$log/workers" 2>&1 || { cat "$log/workers"; exit 1; }
echo "  two workers ready after $(seconds "$w"); all prepared in $(seconds "$t")"

heading "The cluster: templates are baked from a base image, approved, and cloned"
t=$(date +%s%N)
must bake-app template bake --role app --reason demo & a=$!
must bake-proxy template bake --role proxy --reason demo & b=$!
wait $a; wait $b
for role in app proxy; do
  must "approve-$role" template approve "$(grep -oE 'template approve [0-9]+' "$log/bake-$role" | head -n 1 | grep -oE '[0-9]+')" --reason demo
done
echo "  two templates baked and approved after $(seconds "$t")"
t=$(date +%s%N)
must proxies deploy --role proxy --count 2 --reason "the demo's proxies" & a=$!
must apps deploy --role app --count 2 --reason "the demo's apps" & b=$!
wait $a; wait $b
must cluster status
{ head -n 1 "$log/cluster"; echo "two proxies and two apps, side by side, after $(seconds "$t")"; } | tell

heading "Traffic starts: 100 requests a second over DNS, through both proxies"
inside=(nsenter -t "$SLUICE_LAB_PID" -n); [ "$(id -u)" = 0 ] || inside=(nsenter -t "$SLUICE_LAB_PID" -U --preserve-credentials -n)
setsid "${inside[@]}" java -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(classpath lab)" dev.sluice.lab.load.Load \
  www.hello.example 443 / "$SLUICE_DNS" "$SLUICE_SITE_CA" 100 10 30 900 "$log/tally" </dev/null >"$log/load" 2>&1 &
echo $! >"$RUN/load.pid"
for _ in $(seq 100); do [ -e "$log/tally" ] && [ "$(tally requests)" -gt 100 ] && break; sleep 0.1; done
traffic | tell

heading "A node goes in"
must in deploy --role app --reason "more room before the sale"
{ steps in 'sanity gate|join cluster|probation|In service'; traffic; } | tell

heading "A broken node is kept out: its Apache is of another version"
sluice lab break wrong-package-version --next hello-app >"$log/break" 2>&1
if sluice deploy --role app --reason "this one is broken" >"$log/out" 2>&1; then echo "  It was not kept out."; cat "$log/out"; exit 1; fi
{ steps out 'packages |destroyed|Not deployed|Why:'; traffic; } | tell

heading "A worker is killed in the middle, and the run goes on"
sluice deploy --role app --reason "with a kill" >"$log/kill" 2>&1 & run=$!
for _ in $(seq 200); do grep -q 'first boot' "$log/kill" && break; sleep 0.05; done
workers=("$RUN"/workers/*); victim=${workers[0]##*/}
kill -KILL "$victim"; rm -f "$RUN/workers/$victim"
echo "  worker $victim was killed (-9) after the first boot"
if ! wait $run; then cat "$log/kill"; exit 1; fi
{ steps kill 'try [0-9]|probation|In service'; traffic; } | tell

heading "At the end"
must status status --output text || true
{ grep -E '^(proxy|app) ' "$log/status" || true; } | sed 's/^ */  /'
end_process load 50
traffic | tell

ui=$SLUICE_UI
if [ -z "$keep" ]; then
  "$SLUICE_HOME/scripts/lab.sh" down >"$log/down" 2>&1 || { cat "$log/down"; exit 1; }
  left_behind
fi

heading "Try next"
if [ -n "$keep" ]; then
  printf '  %s\n' "./sluice status    or, for dates that run out: ./sluice expiry" "./sluice deploy --role app --reason \"my own\"" "./sluice lab break    and in the end: ./sluice lab down"
else
  printf '  %s\n' "./sluice demo --keep    then ./sluice status, ./sluice retire NODE --reason …" "./sluice --help" "docs/configuration.md: your own account"
fi
echo "  Web UI  $ui/namespaces/sluice/workflows   ($([ -n "$keep" ] && echo running || echo "while it is up"))"
