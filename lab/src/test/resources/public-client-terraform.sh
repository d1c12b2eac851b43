#!/usr/bin/env bash
# public-client-terraform.sh PROVIDER URL TOKEN : an operator's day with Terraform and DigitalOcean's own provider, unmodified,
# against the lab. Prints one line for each thing done, and ends with "done"; the first thing that is not as expected ends it.
set -euo pipefail
provider=$1
export DIGITALOCEAN_API_URL=$2 DIGITALOCEAN_TOKEN=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cp "$here/public-client.tf" "$work/main.tf"
printf 'provider_installation {\n  dev_overrides { "digitalocean/digitalocean" = "%s" }\n  direct {}\n}\n' "$(dirname "$provider")" >"$work/terraform.rc"
export TF_CLI_CONFIG_FILE=$work/terraform.rc TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
terraform() { command terraform -chdir="$work" "$@"; }
declared() { printf -- '-var=%s ' 'rules=["22"]' size=s-1vcpu-1gb address=198.18.0.2; }
changed() { printf -- '-var=%s ' 'rules=["22","80"]' size=s-1vcpu-2gb address=198.18.0.3; }
expect() { # WHAT IS SHOULD
  [ "$2" = "$3" ] || { echo "$1: $2, expected $3" >&2; cat "$work/log" >&2; exit 1; }
  echo "$1"
}
apply() { # VARIABLES… : says it if anything goes wrong
  terraform apply -auto-approve -input=false -no-color "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}
there() { # what Terraform does not remember could still be there
  python3 - <<'PYTHON'
import json, os, urllib.request
def count(path, key):
    request = urllib.request.Request(os.environ["DIGITALOCEAN_API_URL"] + path, headers={"Authorization": "Bearer " + os.environ["DIGITALOCEAN_TOKEN"]})
    return len(json.load(urllib.request.urlopen(request))[key])
print("droplets %d, snapshots %d, firewalls %d, domains %d, keys %d" % (count("/v2/droplets", "droplets"), count("/v2/snapshots", "snapshots"), count("/v2/firewalls", "firewalls"), count("/v2/domains", "domains"), count("/v2/account/keys", "ssh_keys")))
PYTHON
}
difference() { # VARIABLES… : 0 none, 2 some; Terraform reads the whole world again for it
  local code=0; terraform plan -detailed-exitcode -input=false -no-color "$@" >"$work/log" 2>&1 || code=$?; echo $code
}

# shellcheck disable=SC2046 # words are wanted
{
apply $(declared)
expect "the account is active" "$(terraform output -raw account)" active
expect "what is declared is there" "$(difference $(declared))" 0
expect "what is changed is seen" "$(difference $(changed))" 2
apply $(changed)
expect "what was changed is there" "$(difference $(changed))" 0
terraform destroy -auto-approve -input=false -no-color $(changed) >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
expect "nothing is left" "$(terraform show -json | python3 -c 'import json, sys; print(len(json.load(sys.stdin).get("values", {}).get("root_module", {}).get("resources", [])))')" 0
expect "nor in the account" "$(there)" "droplets 0, snapshots 0, firewalls 0, domains 0, keys 0"
}
echo "done"
