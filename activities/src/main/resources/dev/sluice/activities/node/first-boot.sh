# Gives a clone its identity and configuration. Job program; $1 is the payload: lines of values, the last one is "end".
# Ends with "result WRITTEN SERVICES" and "key TYPE BASE64", the public half of the host key that the node created.
set -eu; umask 022
home=/var/lib/sluice
replace() { # PATH MODE OWNER <content: sets the rights before the content, then renames the file into place
  t=$(mktemp "${1%/*}/.sluice.XXXXXX"); chmod "$2" "$t"; chown "$3" "$t"; cat >"$t"; sync -d "$t" 2>/dev/null || :; mv -f "$t" "$1"
}
unique() {
  [ "$(cat $home/node 2>/dev/null)" = "$name" ] && return 0
  printf '%s\n' "$name" | replace /etc/hostname 0644 root:root
  hostname "$name"
  known=$(hosts)
  printf '%s\n' "$known" | replace /etc/hosts 0644 root:root 2>/dev/null || printf '%s\n' "$known" >/etc/hosts
  machine_id
  printf '%s\n' "$name" | replace $home/node 0644 root:root
}
hosts() { # the recipe's and the image's lines stay: the clean-up kept them, since cloud-init may rewrite the file
  { cat $home/hosts /etc/hosts 2>/dev/null || :
    printf '127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n'; } | foreign_hosts "$name"
  printf '%s %s # sluice\n' "$private" "$name"
}
booted() { # cloud-init's last stages run the provider's scripts, and read what settle.sh removes
  command -v cloud-init >/dev/null 2>&1 || return 0
  code=0; timeout 300 cloud-init status --wait >/dev/null 2>&1 </dev/null || code=$?
  if [ $code = 124 ]; then
    echo "cloud-init still runs after 300 s: $(cloud-init status --long 2>&1 </dev/null | tr '\n' ' ')"
    exit 1
  fi
  [ $code = 0 ] || echo "cloud-init ended with an error: see /var/log/cloud-init.log"
}
machine_id() { # systemd creates one if the template has none; an inherited one is never kept
  now=$(cat /etc/machine-id 2>/dev/null || :)
  case $now in ????????????????????????????????) grep -q "^machine-id $now\$" $home/template 2>/dev/null || return 0 ;; esac
  tr -d - </proc/sys/kernel/random/uuid | replace /etc/machine-id 0444 root:root
}
host_key() { # staged: sshd reads it only once it is signed
  mkdir -p /etc/ssh/sluice; chmod 0700 /etc/ssh/sluice
  staged=/etc/ssh/sluice/$name
  [ -e "$staged/host_key.pub" ] && return 0
  t=$(mktemp -d /etc/ssh/sluice/.new.XXXXXX)
  ssh-keygen -q -t ed25519 -N '' -C "$name" -f "$t/host_key" </dev/null
  mv -T "$t" "$staged"
}
file() { # MODE OWNER SHA256 BASE64 PATH
  if [ -f "$5" ] && [ ! -L "$5" ] && [ "$(sha256sum <"$5" | cut -c1-64)" = "$3" ]; then
    [ "$(stat -c '0%a %U:%G' "$5")" = "$1 $2" ] || { chown "$2" "$5"; chmod "$1" "$5"; }
    return 0
  fi
  mkdir -p "${5%/*}"
  printf %s "${4#-}" | base64 -d | replace "$5" "$1" "$2"
  written=$((written + 1)); changed="$changed $5"
}
touches() { # SERVICE: whether a changed file belongs to it, or to no service
  for path in $changed; do
    case $path in /etc/"$1"/*) return 0 ;; esac
    for other in $services; do case $path in /etc/"$other"/*) continue 2 ;; esac; done
    return 0
  done
  return 1
}
service() {
  systemctl enable "$1" >/dev/null 2>&1 || { echo "service $1 cannot be enabled:"; systemctl enable "$1"; exit 1; }
  if ! systemctl is-active --quiet "$1"; then act=start; elif touches "$1"; then act=restart; else return 0; fi
  systemctl $act "$1" || { echo "service $1 does not $act"; journalctl -q -n 20 --no-pager -u "$1" 2>/dev/null || :; exit 1; }
  started="$started${started:+,}$1"
}
main() {
  booted
  mkdir -p $home; name='' private='' services='' written=0 changed='' started='' last=''
  while read -r kind a b c d e; do
    case $kind in
      name) name=$a ;;
      private) private=$a; unique; host_key ;;
      secret) grep -qxF -e "$a" $home/secrets 2>/dev/null || echo "$a" >>$home/secrets ;; # for the clean-up of a bake
      file) file "$a" "$b" "$c" "$d" "$e" ;;
      service) services="$services $a" ;;
      end) last=end ;;
    esac
  done <"$1"
  [ "$last" = end ] || { echo "the list of values was cut off"; exit 1; }
  for one in $services; do service "$one" </dev/null; done
  echo "result $written ${started:--}"
  echo "key $(cut -d' ' -f1,2 /etc/ssh/sluice/"$name"/host_key.pub)"
}
main "$@"
