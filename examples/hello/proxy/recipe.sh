#!/bin/sh
# Makes the template of a proxy. Running it again changes nothing.
set -eu

main() {
  install_missing apache2 curl nftables
  printf '# Emptied: the site says where it listens.\n' >/etc/apache2/ports.conf
  a2enmod -q mpm_event ssl proxy proxy_http proxy_balancer proxy_hcheck lbmethod_bybusyness lbmethod_byrequests \
    slotmem_shm headers status info >/dev/null
  if [ -e /etc/apache2/sites-enabled/000-default.conf ]; then
    a2dissite -q 000-default >/dev/null
  fi
  # The global handlers of these modules would answer on the clients' port too; the site has its own.
  for module in status info proxy_balancer; do
    rm -f "/etc/apache2/mods-enabled/$module.conf"
  done
  mkdir -p /etc/sluice/members /etc/sluice/loaded /etc/sluice/tls
  chmod 755 /etc/sluice /etc/sluice/members /etc/sluice/loaded
  chmod 700 /etc/sluice/tls
  kernel_settings
  no_unattended_upgrades
  # First boot starts it, once the node has its configuration.
  systemctl disable apache2 >/dev/null 2>&1 || true
  systemctl stop apache2 >/dev/null 2>&1 || true
}

# At each boot, before Apache: two things that its configuration cannot say.
kernel_settings() {
  cat >/etc/sluice/kernel.sh <<'SETTINGS'
#!/bin/sh
# A member that lost its power answers nothing: a connection to it fails after 2 to 3 s instead of 2 minutes.
echo 1 >/proc/sys/net/ipv4/tcp_syn_retries
# The admin listener is root's: another user of this machine could change members past Sluice's guards.
nft -f - <<'RULES'
table inet sluice_admin
delete table inet sluice_admin
table inet sluice_admin {
  chain to_listener {
    type filter hook output priority 0; policy accept;
    oifname "lo" tcp dport 8081 meta skuid != 0 reject with tcp reset
  }
}
RULES
SETTINGS
  chmod 755 /etc/sluice/kernel.sh
  cat >/etc/systemd/system/sluice-kernel.service <<'UNIT'
[Unit]
Description=Kernel settings of a proxy
After=network-pre.target
Before=apache2.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/etc/sluice/kernel.sh

[Install]
WantedBy=multi-user.target
UNIT
  systemctl enable sluice-kernel >/dev/null 2>&1
}

install_missing() {
  for package in "$@"; do
    if ! dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed; then
      missing="${missing:-} $package"
    fi
  done
  [ -n "${missing:-}" ] || return 0
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -q
  # shellcheck disable=SC2086 # a list of names
  apt-get install -q -y --no-install-recommends $missing
}

# Nodes of one template stay the same until a new template is deployed.
no_unattended_upgrades() {
  printf 'APT::Periodic::%s "0";\n' Update-Package-Lists Unattended-Upgrade >/etc/apt/apt.conf.d/99-sluice
  for unit in apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service; do
    systemctl disable "$unit" >/dev/null 2>&1 || true
  done
}

main "$@" </dev/null
