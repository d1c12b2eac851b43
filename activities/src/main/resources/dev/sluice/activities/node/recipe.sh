# Bakes a template: writes its files, runs its recipe, and records the manifest of its packages.
# Job program; $1 is the payload: lines "secret PATH" and "file MODE OWNER SHA256 BASE64 PATH", then "recipe BASE64", then "end".
# Ends with "manifest SHA256".
set -eu; umask 022
home=/var/lib/sluice
file() { # MODE OWNER SHA256 BASE64 PATH
  [ -f "$5" ] && [ "$(sha256sum <"$5" | cut -c1-64)" = "$3" ] && [ "$(stat -c '0%a %U:%G' "$5")" = "$1 $2" ] && return 0
  mkdir -p "${5%/*}"; t=$(mktemp "${5%/*}/.sluice.XXXXXX")
  printf %s "${4#-}" | base64 -d >"$t"; chmod "$1" "$t"; chown "$2" "$t"; mv -f "$t" "$5"
}
same() { # afterwards no package may change without a bake
  mkdir -p /etc/apt/apt.conf.d
  printf 'APT::Periodic::Update-Package-Lists "0";\nAPT::Periodic::Unattended-Upgrade "0";\n' >/etc/apt/apt.conf.d/99-sluice-no-upgrades
  for unit in apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service; do
    systemctl disable --now "$unit" >/dev/null 2>&1 || :
  done
}
record() {
  dpkg-query -W -f='${binary:Package} ${Version} ${db:Status-Status}\n' | awk '$3=="installed"{print $1,$2}' | LC_ALL=C sort >$home/manifest.new
  mv -f $home/manifest.new $home/manifest
  { echo "machine-id $(cat /etc/machine-id 2>/dev/null)"
    cat /etc/ssh/sluice/*/host_key.pub /etc/ssh/ssh_host_*_key.pub 2>/dev/null | cut -d' ' -f1,2 | sed 's/^/host-key /'; } >$home/template.new
  mv -f $home/template.new $home/template
}
main() {
  mkdir -p $home; last=
  while read -r kind a b c d e; do
    case $kind in
      secret) grep -qxF -e "$a" $home/secrets 2>/dev/null || echo "$a" >>$home/secrets ;; # for the clean-up
      file) file "$a" "$b" "$c" "$d" "$e" ;;
      recipe) printf %s "${a#-}" | base64 -d >$home/recipe ;;
      end) last=end ;;
    esac
  done <"$1"
  [ "$last" = end ] || { echo "the list of files was cut off"; exit 1; }
  code=0; DEBIAN_FRONTEND=noninteractive HOME=/root sh $home/recipe </dev/null || code=$?
  rm -f $home/recipe
  [ $code = 0 ] || { echo "the recipe exited with $code"; exit $code; }
  same; record
  echo "manifest $(sha256sum <$home/manifest | cut -c1-64)"
}
main "$@"
