#!/bin/sh
# One-shot: Temporal's two databases and their schemas, new or brought up to date. May be run again at any time.
# Reads POSTGRES_SEEDS, DB_PORT, POSTGRES_USER and SQL_PASSWORD; the password is never an argument.
set -eu
: "${POSTGRES_SEEDS:?names the database server}" "${POSTGRES_USER:?names its user}"
: "${SQL_PASSWORD:?is that user\'s password}"
export SQL_PASSWORD
schemas=${TEMPORAL_SCHEMAS:-/etc/temporal/schema/postgresql/v12}

tool() { # DATABASE WORDS...
  database=$1; shift
  temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_SEEDS" -p "${DB_PORT:-5432}" -u "$POSTGRES_USER" \
    --db "$database" "$@"
}

for each in temporal:temporal temporal_visibility:visibility; do
  database=${each%:*} schema=$schemas/${each#*:}/versioned
  tool "$database" create
  tool "$database" setup-schema -v 0.0
  tool "$database" update-schema -d "$schema"
done
