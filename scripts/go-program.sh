#!/usr/bin/env bash
# go-program.sh NAME : builds a program that only tests need from its source, once, and prints where it is: doctl,
# terraform-provider-digitalocean, temporal-server, or temporal-sql-tool with the databases' schemas in the folder beside it.
set -euo pipefail
language=1.20 exclude='' sums=''
case ${1:?names a program} in
  doctl) module=github.com/digitalocean/doctl version=1.105.0 package=/cmd/doctl ;;
  terraform-provider-digitalocean)
    # The newest release of which all that it needs is served. It needs Kubernetes' provider for its own tests only, and Go's
    # database of sums does not know it.
    module=github.com/digitalocean/terraform-provider-digitalocean version=1.23.0 package='' language=1.16
    exclude='exclude github.com/terraform-providers/terraform-provider-kubernetes v1.9.1-0.20191018170806-2c80accb5635'
    sums="$module v1.23.0 h1:nrp21bTPVRo9zeRW0+BI7pPhiecxpk5Mif/WVdXM38M=
$module v1.23.0/go.mod h1:FJUtRnAyupiErAIZyImS9eh1esriby6yMSz5GYmbDPA=" ;;
  temporal-server) module=go.temporal.io/server version=1.32.0 package=/cmd/server language=1.24 ;;
  temporal-sql-tool) module=go.temporal.io/server version=1.32.0 package=/cmd/tools/sql language=1.24 ;;
  *) echo "$1 is no program of those" >&2; exit 2 ;;
esac
home=${SLUICE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice}/go/$1-$version # not beside the temporal-… that every machine needs
if [ ! -e "$home/installed" ]; then
  command -v go >/dev/null || { echo "$1 is built from its source, and there is no go on this machine" >&2; exit 3; }
  rm -rf "$home"; mkdir -p "$home/source"; cd "$home/source"
  printf 'module program\n\ngo %s\n\nrequire %s v%s\n\n%s\n' "$language" "$module" "$version" "$exclude" >go.mod
  printf '%s\n' "$sums" >go.sum
  go build -mod=mod -o "$home/$1" "$module$package" >&2
  if [ "$1" = temporal-sql-tool ]; then cp -r "$(go list -mod=mod -m -f '{{.Dir}}' "$module")/schema" "$home/schema"; chmod -R u+w "$home/schema"; fi
  touch "$home/installed" # last: what was cut off is built anew
fi
echo "$home/$1"
