# Removes what must not be in a template. Files for login stay in /run, which no snapshot contains and only the running
# sshd reads, so that a retry can log in if the answer was lost.
LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH; umask 077
keep_login() {
  [ ! -e /run/sluice/kept ] || return 0
  mkdir -p /run/sluice; chmod 0700 /run/sluice
  config=/etc/ssh/sshd_config.d/10-sluice.conf n=0
  cat /root/.ssh/authorized_keys >/run/sluice/authorized_keys
  echo 'AuthorizedKeysFile /run/sluice/authorized_keys' >/run/sluice/sshd.conf
  for key in /etc/ssh/sluice/*/host_key /etc/ssh/ssh_host_*_key; do
    [ -f "$key" ] || continue
    n=$((n + 1)); cp "$key" /run/sluice/key$n; echo "HostKey /run/sluice/key$n" >>/run/sluice/sshd.conf
    [ ! -f "$key-cert.pub" ] || { cp "$key-cert.pub" /run/sluice/key$n-cert.pub; echo "HostCertificate /run/sluice/key$n-cert.pub" >>/run/sluice/sshd.conf; }
  done
  cp /run/sluice/sshd.conf $config.new; mv -f $config.new $config
  sshd -t || { rm -f $config; return 1; }
  before=$(stat -c '%i %z' /run/sshd.pid 2>/dev/null)
  systemctl reload ssh || return 1
  n=0; while [ -n "$before" ] && [ $n -lt 150 ]; do
    now=$(stat -c '%i %z' /run/sshd.pid 2>/dev/null)
    [ -z "$now" ] || [ "$now" = "$before" ] || break
    n=$((n + 1)); sleep 0.02
  done
  : >/run/sluice/kept
}
main() {
  keep_login || { echo "sshd does not take keys from /run" >&2; exit 1; }
  [ ! -f /var/lib/sluice/secrets ] || while IFS= read -r path; do rm -f -- "$path"; done </var/lib/sluice/secrets
  rm -f /var/lib/sluice/secrets
  rm -rf /etc/sluice/tls/* /etc/sluice/members/* /etc/sluice/members.lock /etc/sluice/loaded/* /var/lib/sluice/jobs /var/lib/sluice/node /root/.cache /root/.ssh/known_hosts
  rm -f /root/.*_history /home/*/.*_history /root/.lesshst /root/.viminfo
  find /var/log -type f \( -name '*.gz' -o -name '*.[0-9]' -o -name '*.journal' -o -name '*.journal~' \) -delete 2>/dev/null
  find /var/log -type f -exec truncate -s 0 {} + 2>/dev/null
  find /tmp /var/tmp -mindepth 1 -maxdepth 1 -exec rm -rf {} + 2>/dev/null
  rm -rf /var/lib/dhcp/* /var/lib/systemd/random-seed /var/cache/apt/archives/*.deb
  rm -rf /var/lib/cloud/instance /var/lib/cloud/instances /var/lib/cloud/data/* /var/lib/cloud/sem /etc/cloud/cloud.cfg.d/99-sluice.cfg
  : >/etc/machine-id; [ -L /var/lib/dbus/machine-id ] || rm -f /var/lib/dbus/machine-id
  echo localhost >/etc/hostname
  rm -f /etc/ssh/sshd_config.d/10-sluice.conf
  rm -rf /etc/ssh/sluice /etc/ssh/ssh_host_*
  rm -f /root/.ssh/authorized_keys /home/*/.ssh/authorized_keys
  sync
  echo clean
}
main "$@" </dev/null
