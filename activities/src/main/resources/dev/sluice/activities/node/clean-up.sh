# Removes what must not be in a template. What login needs is kept in /run, which no snapshot has, and known to the
# running sshd alone: so that the clean-up can be asked again when its answer was lost. Arguments:
#   reload            sshd reads its configuration as the recipe left it, so that a login can be tried
#   clean PATTERN…    removes what the patterns name (TemplateCleanUp), empties the logs, forgets who this machine was
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
  said=$(sshd -t 2>&1) || { rm -f $config; echo "sshd does not take keys from /run: $said"; return 1; }
  drop_in_read authorizedkeysfile /run/sluice/authorized_keys || return 1
  reload_sshd || { echo "sshd cannot be reloaded"; return 1; }
  : >/run/sluice/kept
}
forget_hosts() { # what the recipe wrote there stays, and first boot puts it back where cloud-init rewrites the file
  foreign_hosts "$(cat /etc/hostname)" </etc/hosts >/var/lib/sluice/hosts
  chmod 0644 /var/lib/sluice/hosts
  cat /var/lib/sluice/hosts >/etc/hosts
  echo localhost >/etc/hostname
}
clean() {
  keep_login >&2 || exit 1
  [ ! -f /var/lib/sluice/secrets ] || while IFS= read -r path; do rm -f -- "$path"; done </var/lib/sluice/secrets
  [ "$(cat /etc/hostname)" = localhost ] || forget_hosts
  IFS=''
  for pattern in "$@"; do
    # shellcheck disable=SC2086 # a pattern, and without IFS one word of it for each file
    rm -rf -- $pattern
  done
  find /var/log -type f \( -name '*.gz' -o -name '*.[0-9]' \) -delete 2>/dev/null
  find /var/log -type f -exec truncate -s 0 {} + 2>/dev/null
  : >/etc/machine-id
  sync
  echo clean
}
main() {
  umask 077
  case $1 in
    reload) reload_sshd && echo reloaded ;;
    clean) shift; clean "$@" ;;
  esac
}
main "$@" </dev/null
