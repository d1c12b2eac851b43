# Removes the keys of first contact once the certificate proves the node, here and where cloud-init keeps user data.
LC_ALL=C; PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin; export LC_ALL PATH; umask 077
main() {
  set -eu
  rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub /etc/ssh/ssh_host_*_key-cert.pub
  for old in /etc/ssh/sluice/*; do [ "$old" = "/etc/ssh/sluice/$1" ] || rm -rf "$old"; done
  # cloud-init must not create host keys at the next boot: the configuration of sshd names its keys.
  mkdir -p /etc/cloud/cloud.cfg.d
  printf 'ssh_deletekeys: false\nssh_genkeytypes: []\n' >/etc/cloud/cloud.cfg.d/99-sluice.cfg
  grep -rlsF -e 'OPENSSH PRIVATE KEY' -e ed25519_private /var/lib/cloud /var/log/cloud-init.log /var/log/cloud-init-output.log \
    /var/lib/lab /run/cloud-init 2>/dev/null | while IFS= read -r copy; do : >"$copy"; done
  echo settled
}
main "$@" </dev/null
