# Removes the keys of first contact once the certificate proves the node, here and where cloud-init keeps user data.
# Exit status 75: cloud-init runs, since the node was restarted meanwhile; its stages read what is removed here.
main() {
  set -eu; umask 077
  if command -v cloud-init >/dev/null 2>&1; then
    [ -e /run/cloud-init/result.json ] || case $(timeout 8 cloud-init status 2>&1) in
      *running* | *'not '*) echo "cloud-init still runs" >&2; exit 75 ;;
    esac
    # From now on no boot asks for user data again, which would bring the key back, and none rewrites /etc/hosts.
    mkdir -p /etc/cloud/cloud.cfg.d
    : >/etc/cloud/cloud-init.disabled
    # If a person enables it again, it must not make host keys: sshd is told where its own are.
    printf 'ssh_deletekeys: false\nssh_genkeytypes: []\n' >/etc/cloud/cloud.cfg.d/99-sluice.cfg
  fi
  rm -f /etc/ssh/ssh_host_*_key /etc/ssh/ssh_host_*_key.pub /etc/ssh/ssh_host_*_key-cert.pub
  for old in /etc/ssh/sluice/*; do [ "$old" = "/etc/ssh/sluice/$1" ] || rm -rf "$old"; done
  grep -rlsF -e 'OPENSSH PRIVATE KEY' -e ed25519_private /var/lib/cloud /var/log/cloud-init.log /var/log/cloud-init-output.log \
    /var/lib/lab /run/cloud-init 2>/dev/null | while IFS= read -r copy; do : >"$copy"; done
  echo settled
}
main "$@" </dev/null
