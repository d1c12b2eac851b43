#!/bin/sh
# boot.sh DIRECTORY LOWER PRIVATE PUBLIC : the boot loader of a machine, as PID 1 of its namespaces: builds the root from the
# image's layers and the disk, waits for its two interfaces, and becomes /sbin/lab-init in the new root.
# eth0 is the public side and the default route, eth1 the private network: the order of DigitalOcean.
set -eu
d=$1 lower=$2 private=$3 public=$4
r=$d/root
trap 'echo failed >"$d/steps"' EXIT
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$d/disk/upper,workdir=$d/disk/work,userxattr" "$r"
mount -t proc proc "$r/proc"
mount -t tmpfs -o mode=755,size=64k tmpfs "$r/dev"
for node in null zero full random urandom tty; do : >"$r/dev/$node"; mount --bind "/dev/$node" "$r/dev/$node"; done
mkdir "$r/dev/pts" "$r/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$r/dev/pts"
ln -s pts/ptmx "$r/dev/ptmx"
ln -s /proc/self/fd "$r/dev/fd"
ln -s fd/0 "$r/dev/stdin"
ln -s fd/1 "$r/dev/stdout"
ln -s fd/2 "$r/dev/stderr"
mount -t tmpfs -o mode=1777 tmpfs "$r/dev/shm"
mount -t tmpfs -o mode=755,size=64m tmpfs "$r/run"
mkdir -p "$r/run/cloud-init"
init=/sbin/lab-init
if [ -x "$r/lib/systemd/systemd" ]; then
  init='/lib/systemd/systemd --system --show-status=0'
  mkdir "$r/run/lab"                        # by which machine.sh knows the root; the stand-in makes it itself
  mount -t tmpfs -o mode=1777,size=256m tmpfs "$r/tmp"
fi
cp -r "$d/seed" "$r/run/cloud-init/seed"
chmod 700 "$r/run/cloud-init"
[ -e "$r/etc/resolv.conf" ] || echo 'nameserver 10.77.0.1' >"$r/etc/resolv.conf"
echo entered >"$d/steps"
read -r _ <"$d/steps"
ip -batch - <<I
link set lo up
addr add $public/32 dev eth0
addr add $private/32 dev eth1
link set eth0 up
link set eth1 up
route add 198.18.0.1 dev eth0 src $public
route add default via 198.18.0.1 dev eth0 src $public
route add 10.77.0.1 dev eth1 src $private
route add 10.77.0.0/16 via 10.77.0.1 dev eth1 src $private
I
echo addressed >"$d/steps"
mount -t sysfs -o ro sysfs "$r/sys" 2>/dev/null || :
if [ "$init" != /sbin/lab-init ]; then
  mount -t tmpfs -o mode=755 tmpfs "$r/sys/fs/cgroup"
  mkdir "$r/sys/fs/cgroup/systemd"
  mount -t cgroup -o none,name=systemd cgroup "$r/sys/fs/cgroup/systemd"
fi
cd "$r"
mkdir -p run/old
pivot_root . run/old
# The shell that unmounts the old root must hold no file of it open
exec chroot . /bin/sh -c 'umount -l /run/old; rmdir /run/old
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin container=sluice-lab container_uuid=$(cat /proc/sys/kernel/random/uuid) '"$init" </dev/null
