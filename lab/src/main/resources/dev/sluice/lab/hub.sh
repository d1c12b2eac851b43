#!/bin/sh
# hub.sh : becomes the lab's outer world: one user, mount, network, process and IPC namespace that holds all machines.
# It has no uplink. SLUICE_LAB_DIR is the lab's directory, and this script lies in its lib/. Killing it ends everything.
set -eu
lab=$SLUICE_LAB_DIR
if [ "${1:-}" != inside ]; then
  if [ "${SLUICE_LAB_INIT:-}" = systemd ]; then
    # systemd wants a control group of its own on each machine: root outside hands a subtree to the machines' root
    group=/sys/fs/cgroup/systemd/sluice-lab-$$
    mkdir "$group"
    echo $$ >"$group/cgroup.procs"
    chown -R "${SLUICE_LAB_UID:-200000}:${SLUICE_LAB_UID:-200000}" "$group"
    echo "$group" >"$lab/group"
  fi
  exec sh "$lab/lib/userns.sh" \
    unshare --mount --net --pid --ipc --fork --kill-child --mount-proc --propagation private \
    sh "$lab/lib/hub.sh" inside
fi
# Packets for an address without a running machine vanish as they do in a real network: the link "void" leads nowhere.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
ip -batch - <<'I'
link set lo up
addr add 10.77.0.1/32 dev lo
addr add 198.18.0.1/32 dev lo
addr add 169.254.169.254/32 dev lo
link add void type veth peer name nowhere
link set void arp off up
link set nowhere up
route add 10.77.0.0/16 dev void src 10.77.0.1
route add 198.18.0.0/16 dev void src 198.18.0.1
route add 198.19.0.0/16 dev void src 198.18.0.1
I
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 4096 >/proc/sys/net/core/somaxconn 2>/dev/null || :
echo "1024 65000" >/proc/sys/net/ipv4/ip_local_port_range 2>/dev/null || :
# Images lie in memory: quick to fill, and gone when the hub ends. Before Linux 6.6 a tmpfs has no user.* attributes,
# which overlayfs needs: then the disks are plain directories of the lab's own, and the file "plain" tells machine.sh.
rm -f "$lab/plain"
mount -t tmpfs -o size=75%,mode=755 images "$lab/images"
if [ "${SLUICE_LAB_DISKS:-}" = plain ] \
  || ! python3 -c 'import os, sys; os.setxattr(sys.argv[1], "user.lab", b"y")' "$lab/images" 2>/dev/null; then
  umount "$lab/images"
  : >"$lab/plain"
fi
nft -f "$lab/lib/hub.nft"
: >"$lab/hub.ready"
# PID 1 must reap the orphans of machines that ended: a shell that waits does
while :; do sleep 1000 & wait $!; done
