#!/bin/sh
# Runs inside the new file system: turns plain Debian into the image of a droplet.
set -eu
here=/tmp/image
umask 022
mkdir -p /usr/lib/lab /etc/lab/enabled /etc/cloud /var/lib/cloud/data /root/.ssh /srv/lab
chmod 700 /root/.ssh
install -m 755 "$here/init" /sbin/lab-init
install -m 755 "$here/cloud-init" /usr/bin/cloud-init
if [ -x /lib/systemd/systemd ]; then sh "$here/systemd.sh"
else
  install -m 755 "$here/systemctl" /usr/bin/systemctl
  for word in reboot poweroff halt shutdown; do install -m 755 "$here/power" "/usr/sbin/$word"; done
fi
install -m 644 "$here/cloud.cfg" /etc/cloud/cloud.cfg
install -m 644 "$here/sshd.conf" /etc/ssh/sshd_config.d/50-cloud-init.conf
ln -sf /lib/systemd/system/ssh.service /etc/lab/enabled/ssh

# The faults slow-disk and clock-skew: libraries that make each fsync wait, and the clock wrong. The compiler leaves
# again.
for fault in slow-disk clock-skew; do tcc -shared -nostdlib -o "/usr/lib/lab/$fault.so" "$here/$fault.c"; done
dpkg --purge tcc

# A fresh image has no identity: host keys and machine-id are made at the first boot.
rm -f /etc/ssh/ssh_host_*
: >/etc/machine-id
rm -f /var/lib/dbus/machine-id
echo debian >/etc/hostname
printf '127.0.0.1 localhost\n' >/etc/hosts
# apt's archives and lists are of no use without a way out
rm -rf /var/lib/apt/lists/* /var/cache/apt/archives/*.deb "$here"
rm -f /usr/sbin/policy-rc.d
date -u +%Y-%m-%dT%H:%M:%SZ >/usr/lib/lab/complete
