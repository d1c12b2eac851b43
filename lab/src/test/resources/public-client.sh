#!/usr/bin/env bash
# public-client.sh PROGRAM URL TOKEN : an operator's day with DigitalOcean's own command line, unmodified, against the lab.
# Prints one line for each thing done, and ends with "done"; the first thing that is not as expected ends it.
set -euo pipefail
settings=$(mktemp); trap 'rm -f "$settings" "$settings.pub"' EXIT
doctl() { "$program" --config "$settings" --api-url "$url" --access-token "$token" --output json "$@"; }
program=$1 url=$2 token=$3
only() { python3 -c 'import json,sys; one = json.load(sys.stdin); print(eval(sys.argv[1], {"all": one, "one": one[0] if isinstance(one, list) and one else one}))' "$1"; }
expect() { # WHAT IS SHOULD
  [ "$2" = "$3" ] || { echo "$1: $2, expected $3" >&2; exit 1; }
  echo "$1"
}
create() { doctl compute droplet create "$1" --image "$2" --region fra1 --size s-1vcpu-1gb --tag-names day --ssh-keys "$key" --wait | only 'one["id"]'; }
act() { expect "$1 of $2" "$(doctl compute droplet-action "$1" "$2" "${@:3}" --wait | only 'one["status"]')" completed; }

expect "the account is active" "$(doctl account get | only 'one["status"]')" active
expect "three regions" "$(doctl compute region list | only 'len(all)')" 3
doctl compute size list >/dev/null
echo "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr4vwqEXrUrNs3mFkPVf0m8oOqh7zqgbIB9qJk5s5dM day" >"$settings.pub"
key=$(doctl compute ssh-key import day --public-key-file "$settings.pub" | only 'one["fingerprint"]')
master=$(create master debian-12-x64)
expect "found by tag" "$(doctl compute droplet list --tag-name day | only 'one["name"]')" master
act power-off "$master"
act snapshot "$master" --snapshot-name gold
snapshot=$(doctl compute droplet snapshots "$master" | only 'one["id"]')
expect "found among the account's images" "$(doctl compute image list | only 'one["name"]')" gold
expect "transferred" "$(doctl compute image-action transfer "$snapshot" --region nyc3 --wait | only 'one["status"]')" completed
clone=$(create clone "$snapshot")
act rename "$clone" --droplet-name app-1
act rebuild "$clone" --image "$snapshot"
expect "renamed" "$(doctl compute droplet get "$clone" | only 'one["name"]')" app-1
expect "two droplets by tag" "$(doctl compute tag get day | only 'one["resources"]["droplets"]["count"]')" 2
wall=$(doctl compute firewall create --name day --tag-names day --inbound-rules protocol:tcp,ports:22,address:10.0.0.0/8 | only 'one["id"]')
doctl compute firewall add-rules "$wall" --inbound-rules protocol:tcp,ports:80,tag:day
expect "two rules" "$(doctl compute firewall get "$wall" | only 'len(one["inbound_rules"])')" 2
doctl compute firewall remove-rules "$wall" --inbound-rules protocol:tcp,ports:80,tag:day
doctl compute firewall add-droplets "$wall" --droplet-ids "$clone"
expect "its droplet knows" "$(doctl compute firewall list-by-droplet "$clone" | only 'one["name"]')" day
doctl compute firewall delete "$wall" --force
ip=$(doctl compute reserved-ip create --droplet-id "$clone" | only 'one["ip"]')
# Its assignment may still be an event that is pending, and its end as well.
until doctl compute reserved-ip-action unassign "$ip" >/dev/null; do sleep 0.1; done
until doctl compute reserved-ip delete "$ip" --force 2>/dev/null >/dev/null; do sleep 0.1; done
doctl compute domain create day.example >/dev/null
record=$(doctl compute domain records create day.example --record-type A --record-name www --record-data 198.18.0.2 | only 'one["id"]')
doctl compute domain records update day.example --record-id "$record" --record-type A --record-data 198.18.0.3 >/dev/null
expect "the record is changed" "$(doctl compute domain records list day.example | only '[r["data"] for r in all if r["type"] == "A"][0]')" 198.18.0.3
doctl compute domain delete day.example --force
project=$(doctl projects create --name day --purpose Website | only 'one["id"]')
doctl projects resources assign "$project" --resource "do:droplet:$clone" >/dev/null
expect "in the project" "$(doctl projects resources list "$project" | only 'one["urn"]')" "do:droplet:$clone"
expect "a VPC a region" "$(doctl vpcs list | only 'len(all)')" 3
doctl compute certificate list >/dev/null
doctl compute droplet kernels "$clone" >/dev/null
doctl compute droplet backups "$clone" >/dev/null
doctl compute droplet neighbors "$clone" >/dev/null
doctl compute droplet actions "$clone" >/dev/null
rc=0; doctl compute droplet get 7 >/dev/null 2>&1 || rc=$?
expect "an unknown droplet is an error" "$rc" 1
doctl compute droplet delete --tag-name day --force
until [ "$(doctl compute droplet list | only 'len(all or [])')" = 0 ]; do sleep 0.1; done
echo "nothing is left"
doctl compute snapshot delete "$snapshot" --force
doctl compute ssh-key delete "$key" --force
doctl compute tag delete day --force
echo "done"
