# Words shared by the scripts of a node; Java puts them before each. They run where RemoteCommand sends them: with a
# fixed PATH and locale, and with nothing else of root's login.
now() { read -r up _ </proc/uptime; now=${up%.*}${up#*.}; } # hundredths of a second since the boot, without a process
pid_of_sshd() { stat -c '%i %z' /run/sshd.pid 2>/dev/null || :; }
reload_sshd() { # sshd writes its process id anew once it listens with its new configuration
  before=$(pid_of_sshd)
  systemctl reload ssh || return 1
  [ -n "$before" ] || return 0
  now; end=$((now + 300))
  while [ "$now" -lt "$end" ]; do
    after=$(pid_of_sshd)
    [ -z "$after" ] || [ "$after" = "$before" ] || return 0
    sleep 0.02; now
  done
}
drop_in_read() { # WORD VALUE: whether sshd takes it from /etc/ssh/sshd_config.d, in words if not
  said=$(sshd -T -C user=root,host=localhost,addr=127.0.0.1,laddr=127.0.0.1,lport=22 2>&1) || :
  printf '%s\n' "$said" | grep -qixF -e "$1 $2" && return 0
  if grep -Eiqs '^[[:space:]]*Include[[:space:]].*/etc/ssh/sshd_config\.d/' /etc/ssh/sshd_config; then
    echo "sshd does not take \"$1 $2\" from /etc/ssh/sshd_config.d: $(printf '%s\n' "$said" | head -n 1)"
  else
    echo "/etc/ssh/sshd_config does not include /etc/ssh/sshd_config.d, where Sluice configures the host certificate;" \
      "put this line at its top: Include /etc/ssh/sshd_config.d/*.conf"
  fi
  return 1
}
foreign_hosts() { # NAME <hosts: the lines that are neither Sluice's nor name this machine, each once
  awk -v me="$1" '/# sluice$/ { next }
    /^[^#]/ { for (i = 2; i <= NF; i++) if ($i == me) next }
    !seen[$0]++'
}
