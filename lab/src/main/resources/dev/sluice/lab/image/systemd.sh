#!/bin/sh
# Runs inside the new file system if systemd is PID 1 of its machines: only cloud-init is a stand-in then.
set -eu
cat >/etc/systemd/system/lab-early.service <<'U'
[Unit]
Description=First boot, before the services (the lab's stand-in for cloud-init)
Before=network.target ssh.service
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'cloud-init lab-early >>/var/log/cloud-init.log 2>&1; hostname -F /etc/hostname'
[Install]
WantedBy=multi-user.target
U
cat >/etc/systemd/system/lab-late.service <<'U'
[Unit]
Description=First boot, user data's script (the lab's stand-in for cloud-init)
After=ssh.service network.target
[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c 'cloud-init lab-late >>/var/log/cloud-init-output.log 2>&1'
[Install]
WantedBy=multi-user.target
U
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=volatile\nRuntimeMaxUse=8M\n' >/etc/systemd/journald.conf.d/lab.conf
systemctl enable lab-early lab-late ssh
systemctl disable apache2
# What a machine without hardware and without a way out has no use for
systemctl mask systemd-udevd.service systemd-udevd-kernel.socket systemd-udevd-control.socket systemd-logind.service \
  getty.target console-getty.service dev-hugepages.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
  apt-daily.timer apt-daily-upgrade.timer e2scrub_all.timer fstrim.timer dpkg-db-backup.timer
