# A named job: start it once, poll it as often as needed. Run as: sh -c THIS job start|ask|clean NAME WAIT [SIZE SUM]
# Standard input of start: the job's program (SIZE bytes), then what the program reads from the file named in $1.
# Prints one line "sluice-job STATE EXIT REASON", then the last lines of the job's output.
# The runner holds the lock while it lives, which distinguishes a dead job from a running one; the program does not inherit it.
umask 077
jobs=/var/lib/sluice/jobs
say() { echo "sluice-job $*"; [ ! -f "$d/log" ] || tail -c 16384 "$d/log"; exit 0; }
held() { ! flock -n "$d/lock" true; }
boot() { cat /proc/sys/kernel/random/boot_id; }
finished() {
  [ -e "$d/exit" ] || return 1
  code=$(cat "$d/exit"); [ "$code" = 0 ] && say succeeded 0
  say failed "$code" "it exited with $code"
}
state() {
  [ -d "$d" ] || say missing 0
  finished
  # In this order: the lock is taken before "boot" is written, and kept until "exit" is.
  [ -e "$d/boot" ] || return 0
  held && return 0
  finished
  [ "$(cat "$d/boot")" = "$(boot)" ] || say failed 255 "the node was restarted while it ran"
  say failed 255 "it was killed before it ended"
}
stage() {
  mkdir -p "$jobs"; new=$(mktemp -d "$jobs/.new.XXXXXX") || exit 70
  cat >"$new/input"
  if [ "$(sha256sum "$new/input" | cut -c1-64)" != "$2" ]; then rm -rf "$new"; echo "the job's text was cut off on its way" >&2; exit 65; fi
  head -c "$1" "$new/input" >"$new/program"; tail -c +$(($1 + 1)) "$new/input" >"$new/payload"; rm -f "$new/input"
  : >"$new/lock"
  mv -T "$new" "$d" 2>/dev/null || rm -rf "$new"
}
launch() {
  setsid sh -c '
    cd "$1" || exit 1; exec 9<lock; flock -w 5 9 || exit 0
    [ ! -e boot ] || exit 0
    cat /proc/sys/kernel/random/boot_id >boot
    (umask 022; exec sh program "$1/payload") >log 2>&1 </dev/null 9<&-
    echo $? >exit.new; rm -f payload; mv exit.new exit' job "$d" </dev/null >/dev/null 2>&1 &
}
now() { read -r up _ </proc/uptime; now=${up%.*}${up#*.}; } # hundredths of a second since the boot, without a process
await() { # by the clock: where a process costs 40 ms, a hundred rounds take half a minute
  now; end=$((now + $1 / 10))
  while [ "$now" -lt "$end" ]; do state; sleep 0.02; now; done
  state; say running 0
}
main() {
  what=$1 d=$jobs/$2 wait=$3
  case $what in
    start) [ -d "$d" ] || stage "$4" "$5"
           [ -e "$d/boot" ] || launch
           await "$wait" ;;
    ask) if [ -d "$d" ] && [ ! -e "$d/boot" ] && ! held; then say missing 0; fi
         await "$wait" ;;
    clean) [ -d "$d" ] && held && say running 0
           rm -rf "$d"; say missing 0 ;;
  esac
}
main "$@"
