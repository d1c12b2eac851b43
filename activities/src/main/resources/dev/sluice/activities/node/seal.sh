# Stores the signed host certificate and switches sshd to it and its key by one rename. Arguments: NAME, CERTIFICATE.
# Idempotent.
LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH; umask 077
main() {
  set -eu
  keys=/etc/ssh/sluice/$1 config=/etc/ssh/sshd_config.d/10-sluice.conf
  printf '%s\n' "$2" >"$keys/.cert"; chmod 0644 "$keys/.cert"; mv -f "$keys/.cert" "$keys/host_key-cert.pub"
  mkdir -p /etc/ssh/sshd_config.d
  printf 'HostKey %s/host_key\nHostCertificate %s/host_key-cert.pub\n' "$keys" "$keys" >"$config.new"
  chmod 0644 "$config.new"; sync -d "$keys/host_key" "$keys/host_key-cert.pub" "$config.new" 2>/dev/null || :
  mv -f "$config.new" "$config"
  sshd -t || { rm -f "$config"; echo "sshd does not accept its new host certificate" >&2; exit 1; }
  before=$(stat -c '%i %z' /run/sshd.pid 2>/dev/null || :)
  systemctl reload ssh
  # sshd rewrites its process ID once it listens with the new keys.
  n=0; while [ -n "$before" ] && [ $n -lt 150 ]; do
    now=$(stat -c '%i %z' /run/sshd.pid 2>/dev/null || :)
    [ -z "$now" ] || [ "$now" = "$before" ] || break
    n=$((n + 1)); sleep 0.02
  done
  echo sealed
}
main "$@" </dev/null
