#!/bin/sh
# Makes the template of an app node. Running it again changes nothing.
set -eu

main() {
  install_missing apache2 libapache2-mod-wsgi-py3 python3-flask curl
  printf '# Emptied: the site listens on the private address only.\n' >/etc/apache2/ports.conf
  a2enmod -q mpm_event status wsgi >/dev/null
  # The site says where the status is shown.
  rm -f /etc/apache2/mods-enabled/status.conf
  if [ -e /etc/apache2/sites-enabled/000-default.conf ]; then
    a2dissite -q 000-default >/dev/null
  fi
  mkdir -p /srv/hello /srv/lab
  chmod 755 /srv/hello /srv/lab
  no_unattended_upgrades
  # First boot starts it, once the node has its configuration.
  systemctl disable apache2 >/dev/null 2>&1 || true
  systemctl stop apache2 >/dev/null 2>&1 || true
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
