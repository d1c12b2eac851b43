#!/usr/bin/env bash
# lab.sh up|down|status|env|break … : the lab with everything around it: its cloud, Temporal, keys and certificates.
set -euo pipefail
. "$SLUICE_HOME/scripts/common.sh"
export SLUICE_LAB_DIR=${SLUICE_LAB_DIR:-/var/tmp/sluice-lab-$(id -u)}

lab() {
  java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$(classpath lab)" dev.sluice.lab.cli.LabMain "$@"
}
workers() { # the pids of those that run
  local file
  for file in "$RUN"/workers/*; do
    if [ -e "$file" ] && alive "${file##*/}"; then echo "${file##*/}"; fi
  done
}

keys() {
  local secrets=$RUN/secrets
  mkdir -p "$secrets"; chmod 700 "$secrets"
  [ -e "$RUN/id" ] || ssh-keygen -q -t ed25519 -N '' -C sluice-worker -f "$RUN/id"
  [ -e "$RUN/host-ca" ] || ssh-keygen -q -t ed25519 -N '' -C sluice-host-ca -f "$RUN/host-ca"
  [ -e "$RUN/first-contact" ] || (umask 077; head -c 48 /dev/urandom >"$RUN/first-contact")
  (umask 077; lab cert --into "$secrets" www.hello.example hello.example >/dev/null)
  mv "$secrets/www.hello.example.key" "$secrets/site-key"
  mv "$secrets/www.hello.example.pem" "$secrets/site-certificate"
  # A worker in the lab trusts the lab's authority, as elsewhere it trusts those of the system: so it accepts the
  # site's certificate.
  [ -e "$RUN/trust.p12" ] || keytool -importcert -noprompt -alias lab -file "$SLUICE_SITE_CA" \
    -keystore "$RUN/trust.p12" -storetype PKCS12 -storepass changeit >"$RUN/keytool.log" 2>&1 \
    || die "The lab's authority could not be made one that is trusted; see $RUN/keytool.log"
}

api() { # METHOD PATH [JSON]
  curl -sS -X "$1" -H @<(printf 'Authorization: Bearer %s' "$SLUICE_DO_TOKEN") -H 'Content-Type: application/json' \
    ${3:+-d "$3"} "$SLUICE_DO_API$2"
}

account() { # what a user has in the account before Sluice: a key and a zone
  local public; public=$(cut -d' ' -f1,2 "$RUN/id.pub")
  api POST /v2/account/keys "{\"name\":\"sluice\",\"public_key\":\"$public\"}" >/dev/null
  api POST /v2/domains '{"name":"hello.example"}' >/dev/null
}

up() {
  install_packages "${PACKAGES[@]}"
  build_if_changed
  "$SLUICE_HOME/scripts/temporal.sh" up
  # shellcheck source=/dev/null # temporal.sh wrote it
  . "$RUN/temporal.env"
  local fresh=1; [ -e "$RUN/env" ] && fresh=
  lab up --forward-in "$TEMPORAL_ADDRESS" >&2
  { lab env; cat "$RUN/temporal.env"
    printf 'export %s=%q\n' SLUICE_SSH_KEY "$RUN/id" SLUICE_HOST_CA "$RUN/host-ca" \
      SLUICE_FIRST_CONTACT_SECRET "$RUN/first-contact" SLUICE_SECRETS "$RUN/secrets" \
      SLUICE_FILE "$SLUICE_HOME/examples/hello/sluice.yaml"; } >"$RUN/env"
  lab_environment
  keys
  [ -z "$fresh" ] || account
}

down() {
  local pid
  for pid in $(workers); do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in $(workers); do
    for _ in $(seq 100); do alive "$pid" || break; sleep 0.1; done
    if alive "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
  done
  if [ -e "$SLUICE_HOME/lab/target/lib" ]; then lab down >&2; fi
  "$SLUICE_HOME/scripts/temporal.sh" down
  rm -rf "$RUN"/{env,workers,secrets,id,id.pub,host-ca,host-ca.pub,first-contact,trust.p12}
}

environment() {
  [ -e "$RUN/env" ] || die "The lab is not up.  Start it: ./sluice lab up"
  cat "$RUN/env"
  printf 'export SLUICE_WORKER_PIDS=%q\n' "$(workers | tr '\n' ' ' | sed 's/ $//')"
}

case ${1:-} in
  up | down) "$1" ;;
  env) environment ;;
  status | break) build_if_changed; lab_environment; lab "$@" ;;
  *) die "usage: ./sluice lab up|down|status|env|break" ;;
esac
