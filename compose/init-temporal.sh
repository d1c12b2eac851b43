#!/bin/sh
# One-shot: the namespace, how long it keeps closed runs, and Sluice's search attributes. May be run again at any time.
# Reads TEMPORAL_ADDRESS, and TEMPORAL_NAMESPACE and SLUICE_RETENTION if they are set.
set -eu
namespace=${TEMPORAL_NAMESPACE:-sluice}
retention=${SLUICE_RETENTION:-30d}
patience=${SLUICE_PATIENCE:-60}

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

# A new namespace is known to the server's parts only after a while: asks again until it is, once a second.
until_it_works() { # SENTENCE COMMAND...
  sentence=$1; shift
  tries=$patience
  until "$@" >/tmp/answer.$$ 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || die "$sentence within $patience s: $(cat /tmp/answer.$$)"
    sleep 1
  done
  cat /tmp/answer.$$
  rm -f /tmp/answer.$$
}

until_it_works "Temporal did not answer at ${TEMPORAL_ADDRESS:?names Temporal, such as temporal:7233}" \
  temporal operator cluster health >/dev/null

if ! temporal operator namespace describe -n "$namespace" >/dev/null 2>&1; then
  temporal operator namespace create -n "$namespace" --retention "$retention" >/dev/null
  say "Namespace $namespace made"
fi
until_it_works "The retention of namespace $namespace could not be set to $retention" \
  temporal operator namespace update -n "$namespace" --retention "$retention" >/dev/null

present=$(until_it_works "The search attributes of namespace $namespace could not be listed" \
  temporal operator search-attribute list -n "$namespace")
wrong=0
while read -r name type; do
  is=$(printf '%s\n' "$present" | awk -v name="$name" '$1 == name { print $2 }')
  case $is in
    "$type") ;;
    '') temporal operator search-attribute create -n "$namespace" --name "$name" --type "$type" >/dev/null
      say "Search attribute $name ($type) made" ;;
    *) say "Search attribute $name of namespace $namespace is $is, expected $type: remove it and run this again."
      wrong=1 ;;
  esac
done <<'ATTRIBUTES'
SluiceCluster Keyword
SluiceRole Keyword
SluiceNode Keyword
SluicePhase Keyword
SluiceExpiresAt Datetime
ATTRIBUTES
[ "$wrong" = 0 ] || exit 1
say "Namespace $namespace is ready: closed runs are kept for $retention"
