#!/bin/sh
# build-image.sh HERE OUT : builds the base image debian-12-x64 as OUT (tar, zstd), as root or as an ordinary user.
# The package sources are the machine's own: an up-to-date host gives a patched image, and no mirror is written down.
set -eu
here=$1 out=$2
sources=
for file in /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list; do
  if [ -s "$file" ]; then sources="$sources $file"; fi
done
[ -n "$sources" ] || { echo "This machine has no Debian package source in /etc/apt; add one." >&2; exit 1; }
packages=$(paste -sd, "$here/image/packages.txt")
if [ "${SLUICE_LAB_INIT:-}" = systemd ]; then packages=$packages,systemd,systemd-sysv,dbus; fi
if [ "$(id -u)" = 0 ]; then mode=root; else mode=unshare; fi
# An ordinary user's build runs under other uids, which must be able to enter the directory of the build.
TMPDIR=/tmp; export TMPDIR
# shellcheck disable=SC2086 # the sources are a list of words
mmdebstrap --mode="$mode" --variant=minbase --include="$packages" \
  --aptopt='Acquire::Languages "none"' \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --customize-hook="copy-in '$here/image' /tmp" \
  --customize-hook='chroot "$1" sh /tmp/image/customize.sh' \
  bookworm - $sources | zstd -q -3 -T0 -f -o "$out.part" -
# A pipe hides the failure of its first part; an archive without the last file that customize.sh writes is none.
zstd -dcq "$out.part" | tar -tf - ./usr/lib/lab/complete >/dev/null || { rm -f "$out.part"; exit 1; }
mv "$out.part" "$out"
