#!/bin/sh
# fault.sh NAME on|off SECONDS: makes something go wrong in the machine that it runs in, or right again. machine.sh
# sends it there over stdin.
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export PATH
on=$2 seconds=$3

# preload LIBRARY: every program that starts from now on has it, or has it no more
preload() {
  list=/etc/ld.so.preload
  { grep -vxF "$1" $list 2>/dev/null || :; [ "$on" = off ] || echo "$1"; } >$list.new
  if [ -s $list.new ]; then mv $list.new $list; else rm -f $list $list.new; fi
}
clock_skew() {
  echo "$seconds" >/etc/lab/clock-skew
  preload /usr/lib/lab/clock-skew.so
  [ "$on" = on ] || rm -f /etc/lab/clock-skew
}
# A reload ends Apache: it finds a log that cannot be opened, which configtest does not check. apachectl reads envvars
# with its own arguments at hand, so that the process which only asks for the reload still has a log to open.
reload_kills_httpd() {
  conf=/etc/apache2/conf-enabled/lab-reload.conf
  rm -f $conf /run/lab/reload
  sed -i '/# lab: reload-kills-httpd$/d' /etc/apache2/envvars
  [ "$on" = on ] || return 0
  # One line, which the sed above finds again; for the shell of apachectl
  # shellcheck disable=SC2016
  printf '%s %s %s\n' 'case $* in *graceful*) : >/run/lab/reload; export LAB_LOG=self/root/dev/null;;' \
    'start|restart) rm -f /run/lab/reload;; esac' '# lab: reload-kills-httpd' >>/etc/apache2/envvars
  # shellcheck disable=SC2016 # for Apache
  printf '<IfFile "/run/lab/reload">\n  CustomLog "/proc/${LAB_LOG}" common\n</IfFile>\n' >$conf
}
# Debian's PAM gives each session the limits of PID 1: the kernel stops a write at it and kills the writer (SIGXFSZ).
half_file() {
  if [ "$(cat /proc/1/comm)" = systemd ]; then echo "systemd itself would not live with it" >&2; exit 1; fi
  limit=unlimited
  if [ "$on" = on ]; then limit=512; fi
  # Sessions that are open already have limits of their own, and may end meanwhile.
  for one in $(pgrep -x sshd); do prlimit --pid "$one" --fsize=$limit: 2>/dev/null || :; done
  prlimit --pid 1 --fsize=$limit:
}
node_reboots() {
  timer=/run/lab/reboots.pid
  if [ -e $timer ]; then
    waiting=$(cat $timer)
    while kill -TERM "-$waiting" 2>/dev/null; do sleep 0.02; done
    rm -f $timer
  fi
  [ "$on" = on ] || return 0
  setsid sh -c 'echo $$ >"$1"; sleep "$2"; rm -f "$1"; exec reboot' reboots $timer "$seconds" \
    </dev/null >/dev/null 2>&1 &
}
other_host_key() {
  other=/run/lab/other
  if [ "$on" = on ]; then
    mkdir -p $other
    [ -e $other/key ] || ssh-keygen -q -t ed25519 -N '' -C other -f $other/key
    systemctl stop ssh
    /usr/sbin/sshd -f /dev/null -h $other/key -E $other/log -o LogLevel=VERBOSE -o PidFile=$other/pid \
      -o PasswordAuthentication=no
  elif [ -e $other/pid ]; then
    ending=$(cat $other/pid)
    kill -TERM "$ending"
    while kill -0 "$ending" 2>/dev/null; do sleep 0.02; done
    systemctl start ssh
  fi
}
case $1 in
  slow-disk) preload /usr/lib/lab/slow-disk.so;;
  clock-skew) clock_skew;;
  reload-kills-httpd) reload_kills_httpd;;
  half-file) half_file;;
  node-reboots) node_reboots;;
  other-host-key) other_host_key;;
  *) echo "fault.sh knows no fault \"$1\"" >&2; exit 2;;
esac
