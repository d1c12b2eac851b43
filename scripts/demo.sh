#!/usr/bin/env bash
# demo.sh [--keep]: the whole story on this machine. Every number that it prints is measured in this run.
# This file holds the story; demo-plumbing.sh runs the commands, counts the traffic and prints the results.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"
. "$SLUICE_HOME/scripts/demo-plumbing.sh"
begin_demo "$@"

heading "Preparing: a cloud, Temporal and two workers on this machine"
prepared=$(now)
start_lab
ready=$(now)
start_workers 2
line "two workers ready after $(seconds_since "$ready"); all prepared in $(seconds_since "$prepared")"

heading "The cluster: templates are baked from a base image, approved, and cloned"
baked=$(now)
in_background bake-app    template bake --role app --reason demo
in_background bake-proxy  template bake --role proxy --reason demo
await_background
run approve-app    template approve "$(image_of bake-app)" --reason demo
run approve-proxy  template approve "$(image_of bake-proxy)" --reason demo
line "two templates baked and approved after $(seconds_since "$baked")"

deployed=$(now)
in_background proxies  deploy --role proxy --count 2 --reason "the demo's proxies"
in_background apps     deploy --role app --count 2 --reason "the demo's apps"
await_background
run cluster status
line "$(first_line_of cluster)"
line "two proxies and two apps, deployed at the same time, after $(seconds_since "$deployed")"

heading "Traffic starts: 100 requests a second over DNS, through both proxies"
start_traffic 100
print_traffic

heading "A node joins the cluster"
run join deploy --role app --reason "more room before the sale"
print_lines_of join 'sanity gate|join cluster|probation|In service'
print_traffic

heading "A broken node is kept out: its Apache is of another version"
sluice lab break wrong-package-version --next hello-app >"$results/break" 2>&1
run_refused broken deploy --role app --reason "this one is broken"
print_lines_of broken 'packages |destroyed|Not deployed|Why:'
print_traffic

heading "A worker is killed in the middle of a run, and the run continues"
in_background kill deploy --role app --reason "with a kill"
await_line_of kill 'first boot'
kill_a_worker
await_background
print_lines_of kill 'try [0-9]|probation|In service'
print_traffic

heading "At the end"
run end status --output text
print_all_lines_of end '^(proxy|app) '
stop_traffic
print_traffic

end_demo
