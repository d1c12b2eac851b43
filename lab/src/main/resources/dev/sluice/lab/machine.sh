#!/bin/sh
# machine.sh VERB ID ... : one machine of the lab; runs inside the hub. SLUICE_LAB_DIR is the lab's directory.
#   run ID SLOT LOWER PRIVATE PUBLIC KIB      boots it, prints "up" once it has its addresses, stays until it has ended
#   kill|ask ID SLOT                          cuts the power | asks PID 1 to shut down
#   remove ID SLOT                            kill, and the disk with it
#   snapshot ID LAYER                         copies the written layer into the directory LAYER
#   flatten ID LOWER LAYER                    copies the whole tree, all layers as one
#   inside ID COMMAND...                      runs COMMAND in the machine
#   fault ID NAME on|off SECONDS              makes something go wrong in it, or right again
#   filter ID                                 lets through what filter.nft says, and nothing else
#   lead ID SLOT ADDRESS on|off               a further public address leads to it
#   enlarge ID KIB                            its disk is larger from now on
#   usage ID SLOT                             prints what it uses: kind, name and number, with tabs between
# Layout: machines/ID/{disk/{upper,work},root,seed/,faults/,pid,shell,console}. Where the kernel can, disk is a tmpfs,
# which is gone with the hub.
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
lab=$SLUICE_LAB_DIR verb=$1 id=$2
shift 2
machine=$lab/machines/$id

read_word() { word=; read -r word 2>/dev/null <"$1" || :; printf %s "$word"; }
inside() { exec nsenter -t "$(read_word "$machine/pid")" -m -u -i -n -p "$@"; }
run_inside() { nsenter -t "$(read_word "$machine/pid")" -m -u -i -n -p "$@"; }

await_step() {
  read -r step <"$machine/steps"
  [ "$step" = "$1" ] || { echo "machine $id did not boot:" >&2; tail -n 5 "$machine/console" >&2; exit 1; }
}
# The metadata say it too (MetadataServer.macOf).
# shellcheck disable=SC2046,SC2183 # four numbers
mac_of() { printf '02:53:%02x:%02x:%02x:%02x' $(echo "$1" | tr . ' '); }
boot() {
  slot=$1 lower=$2 private=$3 public=$4
  rm -f "$machine/steps" "$machine/pid"
  mkfifo "$machine/steps"
  group=
  if [ -e "$lab/group" ]; then group=$(read_word "$lab/group")/$id; mkdir -p "$group"; fi
  # $$ is the number that this shell, and after it unshare, has in the hub
  sh -c '[ -z "$1" ] || echo $$ >"$1/cgroup.procs"; shift; exec "$@"' sh "$group" \
    unshare --mount --pid --uts --net --ipc --cgroup --fork --kill-child --propagation private \
    sh "$lab/lib/boot.sh" "$machine" "$lower" "$private" "$public" </dev/null >>"$machine/console" 2>&1 &
  shell=$!
  echo $shell >"$machine/shell"
  await_step entered                        # it is in its namespaces
  pid=; read -r pid _ <"/proc/$shell/task/$shell/children" || :   # the list has no end of line
  echo "$pid" >"$machine/pid.new"
  mv "$machine/pid.new" "$machine/pid"
  nft add element inet lab links "{ pub$slot . $public, pri$slot . $private }" 2>/dev/null || :
  ip -batch - <<I
link add pub$slot type veth peer name eth0 address $(mac_of "$public") netns $pid
link add pri$slot type veth peer name eth1 address $(mac_of "$private") netns $pid
link set pub$slot up
link set pri$slot up
route add $public/32 dev pub$slot src 198.18.0.1
route add $private/32 dev pri$slot src 10.77.0.1
I
  echo 1 >"/proc/sys/net/ipv4/conf/pub$slot/proxy_arp"
  echo 1 >"/proc/sys/net/ipv4/conf/pri$slot/proxy_arp"
  echo linked >"$machine/steps"
  await_step addressed                      # an earlier SYN would cost its sender a second
}
# The step "addressed" precedes the change of root. Until then the machine's root is the host's, and nothing may enter
# it.
await_root() {
  tries=0
  # shellcheck disable=SC3013 # dash and bash know -ef, and one of them is /bin/sh where the lab runs
  while [ "/proc/$1/root" -ef / ] || [ ! -d "/proc/$1/root/run/lab" ]; do
    if [ $tries -ge 1000 ] || ! kill -0 "$1" 2>/dev/null; then
      echo "machine $id has no root of its own:" >&2
      tail -n 5 "$machine/console" >&2
      exit 1
    fi
    sleep 0.01; tries=$((tries + 1))
  done
}
unlink_nets() {
  for link in "pub$1" "pri$1"; do ip link delete "$link" 2>/dev/null || :; done
}
await_end() {
  shell=$(read_word "$machine/shell")
  [ -n "$shell" ] || return 0
  tries=0
  while kill -0 "$shell" 2>/dev/null && [ $tries -lt 1000 ]; do
    case $(cut -d' ' -f3 "/proc/$shell/stat" 2>/dev/null) in Z) break;; esac
    sleep 0.01; tries=$((tries + 1))
  done
}
run() {
  mkdir -p "$machine/disk" "$machine/root" "$machine/faults" "$machine/addresses"
  if [ -e "$lab/plain" ]; then
    mkdir -p "$machine/disk/upper" "$machine/disk/work"
  elif ! mountpoint -q "$machine/disk"; then
    size=50%; [ "$5" = 0 ] || size=$5k
    mount -t tmpfs -o "size=$size,mode=755" "disk$id" "$machine/disk"
    mkdir -p "$machine/disk/upper" "$machine/disk/work"
    echo "$size" >"$machine/size"
  fi
  while :; do
    boot "$1" "$2" "$3" "$4"
    await_root "$pid"
    for address in "$machine"/addresses/*; do [ ! -e "$address" ] || answer_to "${address##*/}" "$1"; done
    # shellcheck disable=SC2046 # two words: on, and its seconds
    for fault in "$machine"/faults/*; do [ ! -e "$fault" ] || fault "${fault##*/}" $(read_word "$fault"); done
    echo up
    code=0
    wait "$shell" || code=$?
    rm -f "$machine/pid"
    unlink_nets "$1"
    nft delete element inet lab links "{ pub$1 . $4, pri$1 . $3 }" 2>/dev/null || :
    # It wants to boot again: the stand-in exits with 42, and for systemd the kernel sends a hang-up.
    [ $code = 42 ] || [ $code = 129 ] || break
  done
}
end_at_once() {
  unlink_nets "$1"                          # at once: the kernel takes some ms to drop the links of a dead machine
  pid=$(read_word "$machine/pid")
  if [ -n "$pid" ]; then kill -KILL "$pid" 2>/dev/null || :; fi
  await_end
  rm -f "$machine/pid"
}
ask() {
  pid=$(read_word "$machine/pid")
  signal=TERM
  # At SIGRTMIN+4 systemd powers off; at TERM it only starts itself again.
  [ ! -e "$lab/group" ] || signal=38
  if [ -n "$pid" ]; then kill -"$signal" "$pid" 2>/dev/null || :; fi
}
remove() {
  end_at_once "$1"
  [ ! -e "$machine/open.nft" ] || nft -f "$machine/open.nft" || :
  for address in "$machine"/addresses/*; do
    [ ! -e "$address" ] || ip route delete "${address##*/}/32" 2>/dev/null || :
  done
  umount -l "$machine/disk" 2>/dev/null || :
  [ ! -e "$lab/group" ] || find "$(read_word "$lab/group")/$id" -depth -type d -exec rmdir {} + 2>/dev/null || :
  rm -rf "$machine"
}
# All processes stand still while the disk is copied: what is kept is the disk at one moment, as after a power cut.
snapshot() {
  mkdir -p "$1"
  still=
  if running && ! has ssh-frozen; then still=yes; freeze on; fi
  code=0
  cp -a "$machine/disk/upper/." "$1/" || code=$?
  [ -z "$still" ] || freeze off
  return $code
}
flatten() {
  tree=$machine/flatten
  mkdir -p "$tree/upper" "$tree/work" "$tree/root" "$2"
  cp -a "$machine/disk/upper/." "$tree/upper/"
  mount -t overlay overlay -o "lowerdir=$1,upperdir=$tree/upper,workdir=$tree/work,userxattr" "$tree/root"
  cp -a "$tree/root/." "$2/"
  umount "$tree/root"
  rm -rf "$tree"
}

running() { [ -e "$machine/pid" ] && kill -0 "$(read_word "$machine/pid")" 2>/dev/null; }
has() { case $(read_word "$machine/faults/$1") in on*) return 0;; esac; return 1; }
# /proc/cpuinfo as the faults in force want it; both may be on at once.
cpuinfo() {
  while run_inside umount /proc/cpuinfo 2>/dev/null; do :; done
  script=
  if has other-cpu-model; then script="$script;s/^\(model name[[:space:]]*:\).*/\1 Lab Imaginary CPU @ 1.00GHz/"; fi
  if has missing-cpu-flag; then script="$script;/^\(flags\|Features\)/s/ aes\>//"; fi
  [ -n "$script" ] || return 0
  sed "${script#;}" /proc/cpuinfo | run_inside sh -c 'mkdir -p /run/lab; cat >/run/lab/cpuinfo
    chmod 444 /run/lab/cpuinfo; mount --bind /run/lab/cpuinfo /proc/cpuinfo'
}
package_version() {
  change='s/^\(Version: .*\)+lab1$/\1/'
  if [ "$1" = on ]; then change='/^Version: .*+lab1$/!s/^Version: .*/&+lab1/'; fi
  run_inside sed -i "/^Package: apache2\$/,/^\$/{$change}" /var/lib/dpkg/status
}
disk_full() {
  if [ -e "$lab/plain" ]; then
    echo "this machine's disk has no limit of its own:" \
      "its kernel (before 6.6) has no extended attributes on tmpfs" >&2
    rm -f "$machine/faults/disk-full"
    exit 1
  fi
  size=$(read_word "$machine/size")
  if [ "$1" = on ]; then size=$(df --output=used -k "$machine/disk" | tail -n 1 | tr -d ' ')k; fi
  # With its source named, mount does not repeat the old options, of which uid= is one that a user namespace cannot set
  mount -t tmpfs -o "remount,size=$size" "disk$id" "$machine/disk"
}
freeze() {
  # No cgroup needed: PID 1 obeys the hub's SIGSTOP, and kill -1 reaches all others of its namespace in one call
  if [ "$1" = on ]; then
    kill -STOP "$(read_word "$machine/pid")"
    run_inside sh -c 'kill -STOP -1 2>/dev/null || :'
  else
    # PID 1 last: a shutdown that was asked for meanwhile ends the machine at once
    run_inside sh -c 'kill -CONT -1 2>/dev/null || :'
    kill -CONT "$(read_word "$machine/pid")"
  fi
}
# What a machine must have done before it can stand still or run full and still be reached: its services and host key.
await_services() {
  tries=0
  while [ ! -e "/proc/$(read_word "$machine/pid")/root/run/cloud-init/done" ] && [ $tries -lt 1000 ]; do
    sleep 0.01; tries=$((tries + 1))
  done
}
fault() {
  echo "$2 $3" >"$machine/faults/$1"
  running || return 0                       # the next boot does it
  case $1-$2 in
    wrong-package-version-*) package_version "$2";;
    other-cpu-model-*|missing-cpu-flag-*) cpuinfo;;
    slow-disk-*|clock-skew-*|reload-kills-httpd-*) run_inside sh -s "$@" <"$lab/lib/fault.sh";;
    half-file-*|other-host-key-*) await_services; run_inside sh -s "$@" <"$lab/lib/fault.sh";;
    node-reboots-on|node-reboots-off)
      await_services
      run_inside sh -s "$@" <"$lab/lib/fault.sh"
      echo "struck $3" >"$machine/faults/$1";;
    node-reboots-struck) ;;                 # once: this is the boot after it
    app-answers-500-on) run_inside sh -c 'mkdir -p /srv/lab && : >/srv/lab/err500';;
    app-answers-500-off) run_inside rm -f /srv/lab/err500;;
    disk-full-on) await_services; disk_full on;;
    disk-full-off) disk_full off;;
    ssh-frozen-on) await_services; freeze on;;
    ssh-frozen-off) freeze off;;
    *) echo "machine.sh knows no fault \"$1\"" >&2; exit 2;;
  esac
  [ "$2" = on ] || rm -f "$machine/faults/$1"
}
filter() {
  (
    flock 9
    nft list table inet firewall >/dev/null 2>&1 || nft -f "$lab/lib/firewall.nft"
  ) 9>"$lab/machines/firewall.lock"
  nft -f "$machine/filter.nft"
}
answer_to() {
  nft add element inet lab links "{ pub$2 . $1 }"
  ip route replace "$1/32" dev "pub$2" src 198.18.0.1
  run_inside ip address replace "$1/32" dev eth0
}
lead() {
  if [ "$3" = on ]; then
    : >"$machine/addresses/$2"
    ! running || answer_to "$2" "$1"
  else
    rm -f "$machine/addresses/$2"
    ip route delete "$2/32" dev "pub$1" 2>/dev/null || :
    nft delete element inet lab links "{ pub$1 . $2 }" 2>/dev/null || :
    ! running || run_inside ip address delete "$2/32" dev eth0 2>/dev/null || :
  fi
}
enlarge() {
  [ ! -e "$lab/plain" ] || return 0         # no limit of its own
  echo "$1k" >"$machine/size"
  ! mountpoint -q "$machine/disk" || mount -t tmpfs -o "remount,size=$1k" "disk$id" "$machine/disk"
}
# CPU, load and memory are those of the one kernel that all machines share; disk and network are its own.
usage() {
  awk -v hz="$(getconf CLK_TCK)" '$1 == "cpu" { split("user nice system idle iowait irq softirq steal", mode, " ")
    for (i = 1; i <= 8; i++) printf "cpu\t%s\t%.2f\n", mode[i], $(i + 1) / hz }' /proc/stat
  awk '{ printf "figure\tload_1\t%s\nfigure\tload_5\t%s\nfigure\tload_15\t%s\n", $1, $2, $3 }' /proc/loadavg
  awk '{ name["MemTotal:"] = "total"; name["MemFree:"] = "free"
      name["MemAvailable:"] = "available"; name["Cached:"] = "cached" }
    $1 in name { printf "figure\tmemory_%s\t%.0f\n", name[$1], $2 * 1024 }' /proc/meminfo
  df --output=size,avail -B1 "$machine/disk" | awk 'NR == 2 {
    printf "figure\tfilesystem_size\t%s\nfigure\tfilesystem_free\t%s\n", $1, $2 }'
  for link in pub pri; do
    side=private; [ $link = pri ] || side=public
    awk -v link="$link$1:" -v side=$side '$1 == link {
      printf "bytes\t%s inbound\t%s\nbytes\t%s outbound\t%s\n", side, $10, side, $2 }' /proc/net/dev
  done
}
case $verb in
  run) run "$@";;
  kill) end_at_once "$1";;
  ask) ask;;
  remove) remove "$1";;
  snapshot) snapshot "$1";;
  flatten) flatten "$1" "$2";;
  inside) inside "$@";;
  fault) fault "$1" "$2" "$3";;
  filter) filter;;
  lead) lead "$1" "$2" "$3";;
  enlarge) enlarge "$1";;
  usage) usage "$1";;
  *) echo "machine.sh knows no verb \"$verb\"" >&2; exit 2;;
esac
