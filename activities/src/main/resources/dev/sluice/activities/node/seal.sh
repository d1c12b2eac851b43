# Stores the signed host certificate and switches sshd to it and its key by one rename. Arguments: NAME, CERTIFICATE.
# Idempotent.
main() {
  set -eu; umask 077
  keys=/etc/ssh/sluice/$1 config=/etc/ssh/sshd_config.d/10-sluice.conf
  printf '%s\n' "$2" >"$keys/.cert"; chmod 0644 "$keys/.cert"; mv -f "$keys/.cert" "$keys/host_key-cert.pub"
  mkdir -p /etc/ssh/sshd_config.d
  printf 'HostKey %s/host_key\nHostCertificate %s/host_key-cert.pub\n' "$keys" "$keys" >"$config.new"
  chmod 0644 "$config.new"; sync -d "$keys/host_key" "$keys/host_key-cert.pub" "$config.new" 2>/dev/null || :
  mv -f "$config.new" "$config"
  said=$(sshd -t 2>&1) || { rm -f "$config"; echo "sshd does not accept its new host certificate: $said" >&2; exit 1; }
  drop_in_read hostcertificate "$keys/host_key-cert.pub" >&2 || { rm -f "$config"; exit 1; }
  reload_sshd
  echo sealed
}
main "$@" </dev/null
