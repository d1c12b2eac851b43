# Prints the last log lines of a node. Each piece begins with "sluice-piece NAME"; limited here, redacted by the worker.
LC_ALL=C; export LC_ALL # logs contain any bytes
piece() { echo "sluice-piece $1"; shift; timeout -k 1 5 "$@" 2>&1 | tail -c 12288; echo; }
main() {
  for log in /var/lib/sluice/jobs/*/log; do
    [ -f "$log" ] || continue
    job=${log%/log}; piece "job ${job##*/} (exit $(cat "$job/exit" 2>/dev/null || echo none))" tail -n 100 "$log"
  done
  piece "apache error log" tail -n 60 /var/log/apache2/error.log
  if command -v journalctl >/dev/null 2>&1; then piece "journal" journalctl -q -b --no-pager -p warning -n 60
  else piece "system log" sh -c 'for f in /var/log/syslog /var/log/boot.log /var/log/cloud-init-output.log; do [ ! -s $f ] || tail -n 40 $f; done'; fi
  piece "processes" ps -eo pid,etimes,rss,stat,comm --sort=-rss
  piece "disk" df -P -h /
  echo "sluice-piece end"
}
main "$@" </dev/null
