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
same() { # no package may change by itself, neither beside the recipe nor afterwards
  mkdir -p /etc/apt/apt.conf.d
  printf 'APT::Periodic::Update-Package-Lists "0";\nAPT::Periodic::Unattended-Upgrade "0";\n' >/etc/apt/apt.conf.d/99-sluice-no-upgrades
  for unit in apt-daily.timer apt-daily-upgrade.timer unattended-upgrades.service; do
    systemctl disable --now "$unit" >/dev/null 2>&1 || :
  done
}
holder() { # of apt's locks, which are POSIX locks: the process's id and name
  for lock in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do
    [ -e "$lock" ] || continue
    pid=$(awk -v inode="$(stat -c %i "$lock")" '
      $2 == "POSIX" { split($6, at, ":"); if (at[3] == inode) { print $5; exit } }' /proc/locks)
    [ -n "$pid" ] || continue
    echo "$lock is held by process $pid ($(cat "/proc/$pid/comm" 2>/dev/null || echo gone))"
    return 0
  done
  return 1
}
apt_is_free() { # an install waits as long for what takes the lock later; "apt-get update" knows no such patience
  printf 'DPkg::Lock::Timeout "300";\n' >/etc/apt/apt.conf.d/99-sluice-bake
  now=0; now; end=$((now + 30000))
  while held=$(holder); do
    [ "$now" -lt "$end" ] || { echo "apt's lock is not free after 300 s: $held"; exit 1; }
    sleep 0.2; now
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
  same; apt_is_free
  code=0; DEBIAN_FRONTEND=noninteractive sh $home/recipe </dev/null || code=$?
  rm -f $home/recipe /etc/apt/apt.conf.d/99-sluice-bake
  [ $code = 0 ] || { echo "the recipe exited with $code"; exit $code; }
  for key in /etc/ssh/sluice/*/host_key-cert.pub; do
    [ ! -f "$key" ] || drop_in_read hostcertificate "$key" || exit 1
  done
  same; record
  echo "manifest $(sha256sum <$home/manifest | cut -c1-64)"
}
main "$@"
