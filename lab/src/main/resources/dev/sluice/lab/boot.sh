#!/bin/sh
# boot.sh DIRECTORY LOWER PRIVATE PUBLIC: the boot loader of a machine, as PID 1 of its namespaces. It builds the root
# from the image's layers and the disk, waits for its two interfaces, and becomes /sbin/lab-init in the new root. eth0
# is the public side and the default route, eth1 the private network: the order of DigitalOcean.
set -eu
machine=$1 lower=$2 private=$3 public=$4
root=$machine/root
trap 'echo failed >"$machine/steps"' EXIT
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$machine/disk/upper,workdir=$machine/disk/work,userxattr" "$root"
mount -t proc proc "$root/proc"
mount -t tmpfs -o mode=755,size=64k tmpfs "$root/dev"
for node in null zero full random urandom tty; do
  : >"$root/dev/$node"
  mount --bind "/dev/$node" "$root/dev/$node"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s fd/0 "$root/dev/stdin"
ln -s fd/1 "$root/dev/stdout"
ln -s fd/2 "$root/dev/stderr"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t tmpfs -o mode=755,size=64m tmpfs "$root/run"
mkdir -p "$root/run/cloud-init"
init=/sbin/lab-init
if [ -x "$root/lib/systemd/systemd" ]; then
  init='/lib/systemd/systemd --system --show-status=0'
  mkdir "$root/run/lab"                        # by which machine.sh knows the root; the stand-in makes it itself
  mount -t tmpfs -o mode=1777,size=256m tmpfs "$root/tmp"
fi
cp -r "$machine/seed" "$root/run/cloud-init/seed"
chmod 700 "$root/run/cloud-init"
[ -e "$root/etc/resolv.conf" ] || echo 'nameserver 10.77.0.1' >"$root/etc/resolv.conf"
echo entered >"$machine/steps"
read -r _ <"$machine/steps"
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
echo addressed >"$machine/steps"
mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || :
if [ "$init" != /sbin/lab-init ]; then
  mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
  mkdir "$root/sys/fs/cgroup/systemd"
  mount -t cgroup -o none,name=systemd cgroup "$root/sys/fs/cgroup/systemd"
fi
cd "$root"
mkdir -p run/old
pivot_root . run/old
# The shell that unmounts the old root must hold no file of it open
exec chroot . /bin/sh -c 'umount -l /run/old; rmdir /run/old
  exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    container=sluice-lab container_uuid=$(cat /proc/sys/kernel/random/uuid) '"$init" </dev/null
