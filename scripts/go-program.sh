#!/usr/bin/env bash
# go-program.sh NAME: builds a program that only tests need from its source, once, and prints its path. NAME is doctl,
# terraform-provider-digitalocean, temporal-server, or temporal-sql-tool (with the databases' schemas beside it).
set -euo pipefail
language=1.20 exclude='' sums=''
case ${1:?names a program} in
  doctl) module=github.com/digitalocean/doctl version=1.105.0 package=/cmd/doctl ;;
  terraform-provider-digitalocean)
    # The newest release whose dependencies are all served. Kubernetes' provider, which it needs for its own tests only,
    # is excluded; Go's database of sums does not know it.
    module=github.com/digitalocean/terraform-provider-digitalocean version=1.23.0 package='' language=1.16
    exclude='exclude github.com/terraform-providers/terraform-provider-kubernetes v1.9.1-0.20191018170806-2c80accb5635'
    sums="$module v1.23.0 h1:nrp21bTPVRo9zeRW0+BI7pPhiecxpk5Mif/WVdXM38M=
$module v1.23.0/go.mod h1:FJUtRnAyupiErAIZyImS9eh1esriby6yMSz5GYmbDPA=" ;;
  temporal-server) module=go.temporal.io/server version=1.32.0 package=/cmd/server language=1.24 ;;
  temporal-sql-tool) module=go.temporal.io/server version=1.32.0 package=/cmd/tools/sql language=1.24 ;;
  *) echo "usage: go-program.sh doctl|terraform-provider-digitalocean|temporal-server|temporal-sql-tool" >&2; exit 2 ;;
esac
# In a folder of its own: what lies beside it in the cache, temporal-…, is copied to every machine that needs Temporal.
folder=${SLUICE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice}/go/$1-$version
if [ ! -e "$folder/installed" ]; then
  command -v go >/dev/null || { echo "$1 is built from its source, and there is no go on this machine" >&2; exit 3; }
  rm -rf "$folder"
  mkdir -p "$folder/source"
  cd "$folder/source"
  printf 'module program\n\ngo %s\n\nrequire %s v%s\n\n%s\n' "$language" "$module" "$version" "$exclude" >go.mod
  printf '%s\n' "$sums" >go.sum
  go build -mod=mod -o "$folder/$1" "$module$package" >&2
  if [ "$1" = temporal-sql-tool ]; then
    cp -r "$(go list -mod=mod -m -f '{{.Dir}}' "$module")/schema" "$folder/schema"
    chmod -R u+w "$folder/schema"
  fi
  touch "$folder/installed" # last: a build that was cut off starts again
fi
echo "$folder/$1"
