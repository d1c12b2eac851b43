# Functions shared by all scripts; ProxyScript puts them and one script into main() { ... }. Tests set the variables.
# Exit statuses: 70 this proxy refuses, 71 the guard refuses, 72 Apache does not answer, 76 an old generation still serves requests.
set -u
export LC_ALL=C PATH="${PATH:-/usr/bin:/bin}:/usr/sbin:/sbin"
umask 022
etc=${SLUICE_ETC:-/etc/sluice}
members=$etc/members
admin=${SLUICE_ADMIN:-127.0.0.1:8081}
apachectl=${SLUICE_APACHECTL:-apachectl}
pidfile=${SLUICE_PIDFILE:-/run/apache2/apache2.pid}
errorlog=${SLUICE_ERRORLOG:-/var/log/apache2/error.log}
site=${SLUICE_SITE:-127.0.0.1:443}
newline='
'
mkdir -p "$members" "$etc/loaded"

refuse() {
  status=$1
  shift
  printf '%s\n' "$*" >&2
  exit "$status"
}

# ---- the files ----

# files: prints name|state|url for each member's file. The states are joined, draining (+N), leaving (+D) and ejected. One
# process reads all files, since there may be 300.
files() {
  ls "$members" | awk -v dir="$members" '
    {
      end = match($0, /\.[a-z]*$/)
      name = substr($0, 1, end - 1)
      has[name, substr($0, end + 1)] = 1
      if (substr($0, end) == ".conf") listed[++number] = name
    }
    function read_file(name, file, line, inside) {
      file = dir "/" name ".conf"
      url = flag = ""
      while ((getline line < file) > 0) {
        if (line ~ /^<IfFile !/) inside = 1
        if (line ~ /^<\/IfFile>/) inside = 0
        if (url == "" && match(line, /^ *BalancerMember "[^"]*"/)) {
          url = substr(line, 1, RLENGTH - 1)
          sub(/^ *BalancerMember "/, "", url)
        }
        if (inside && match(line, / status=\+[A-Z]*/)) flag = substr(line, RSTART + 9, RLENGTH - 9)
      }
      close(file)
    }
    function state(name) {
      if ((name, "left") in has) return "leaving"
      if ((name, "ejected") in has) return "ejected"
      if (flag == "") return "joined"
      return flag ~ /N/ ? "draining" : "leaving"
    }
    END {
      for (at = 1; at <= number; at++) {
        read_file(listed[at])
        print listed[at] "|" state(listed[at]) "|" url
      }
    }'
}

# kept NAME: sets kept_state, kept_url and kept_health (the options of its health check) from the file of that name; without
# a file kept_state is left or none. It starts no process, since it runs often under the members' lock.
kept() {
  kept_url='' kept_health='' flag='' inside=''
  if [ ! -e "$members/$1.conf" ]; then
    if [ -e "$members/$1.left" ]; then kept_state=left; else kept_state=none; fi
    return
  fi
  while IFS= read -r line || [ -n "$line" ]; do
    case $line in
      '<IfFile !'*) inside=yes ;;
      '</IfFile>'*) inside= ;;
      'BalancerMember "'* | ' '*'BalancerMember "'*) member_line "${line#*\"}" ;;
    esac
  done <"$members/$1.conf"
  if [ -e "$members/$1.left" ]; then
    kept_state=leaving
  elif [ -e "$members/$1.ejected" ]; then
    kept_state=ejected
  else
    case $flag in
      '') kept_state=joined ;;
      *N*) kept_state=draining ;;
      *) kept_state=leaving ;;
    esac
  fi
}

member_line() {
  kept_url=${kept_url:-${1%%\"*}}
  case $1 in
    *' hcmethod='*) kept_health="hcmethod=${1#* hcmethod=}" ;;
  esac
  case $inside$1 in
    yes*' status=+'*)
      flag=${1##* status=+}
      flag=${flag%% *}
      ;;
  esac
}

names() {
  for file in "$members"/*.conf; do
    [ -e "$file" ] || continue
    file=${file##*/}
    echo "${file%.conf}"
  done
}

# count: prints the number of members' files
count() {
  set -- "$members"/*.conf
  [ -e "$1" ] && echo $# || echo 0
}

# put PATH: replaces the file's content by stdin atomically; the umask sets its mode
put() {
  temporary="${1%/*}/.${1##*/}.$$"
  cat >"$temporary" && sync "$temporary" && mv -f "$temporary" "$1" && sync "${1%/*}" || {
    rm -f "$temporary"
    refuse 70 "cannot write $1"
  }
}

# questions PATH MILLISECONDS FAILS PASSES: how Apache asks a member for its health, as options in the member's file
questions() {
  printf 'hcmethod=GET hcuri=%s hcinterval=%sms hcfails=%s hcpasses=%s' "$@"
}

# write_member NAME URL FLAG QUESTIONS, the flag being +N, +NC, +D or empty. With C the member gets no request until Apache's
# own health checks have passed.
write_member() {
  flag=${3:+ status=$3}
  options="connectiontimeout=2 retry=5 ttl=30 $4"
  put "$members/$1.conf" <<MEMBER
# Written by Sluice; another hand's changes are lost.
<IfFile "$members/$1.ejected">
  BalancerMember "$2" route=$1 status=+D $options
</IfFile>
<IfFile !"$members/$1.ejected">
  BalancerMember "$2" route=$1$flag $options
</IfFile>
MEMBER
  write_loaded
}

# write_ejected NAME BY WHEN REASON
write_ejected() {
  printf '%s|%s|%s\n' "$(plain "$2")" "$3" "$(plain "$4")" | put "$members/$1.ejected" || exit 70
  write_loaded
}

plain() {
  printf '%s' "$1" | tr '\n\t|' '   ' | tr -d '\000-\037' | cut -c 1-300
}

now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}

digest() {
  sum=$( (cd "$members" && for file in *.conf *.ejected; do
    [ ! -e "$file" ] || echo "$file"
  done | awk '{
    print "== " $0
    while ((getline line < $0) > 0) print line
    close($0)
  }') | sha256sum)
  echo "${sum%% *}"
}

# Writes the headers that Apache sends on the admin listener once it has loaded these files.
write_loaded() {
  put "$etc/loaded/members.conf" <<LOADED
Header always set X-Sluice-Members "$(digest)" "expr=%{HTTPS} != 'on'"
Header always set X-Sluice-Loaded "$(count)" "expr=%{HTTPS} != 'on'"
LOADED
}

# ---- the running Apache ----

# The balancer that holds the members. Others in the same virtual host are none of Sluice's business.
balancer=app
manager="http://$admin/-/balancer-manager"

# ask: sets running (lines url|route|status|elected|busy) and nonce of that balancer only. The Referer's host must be the
# request's, else the manager silently ignores the request.
ask() {
  xml=$(curl -sS -m "${ask_limit:-3}" -H "Referer: $manager" -w '\n%{http_code}' "$manager?xml=1" 2>&1) || {
    why=$xml
    return 1
  }
  code=${xml##*"$newline"}
  case $code in
    200) ;;
    5??)
      why="it answers $code"
      return 1
      ;;
    *) refuse 70 "Apache answers $code to $manager; its configuration must allow root's curl on this machine" ;;
  esac
  answer=$(printf '%s\n' "$xml" | awk -F '[<>]' -v wanted="balancer://$balancer" '
    $2 == "httpd:balancer" { named = 0; ours = 0 }
    $2 == "httpd:name" && !named { named = 1; ours = ($3 == wanted) }
    !ours { next }
    $2 == "httpd:nonce" && nonce == "" { nonce = $3 }
    $2 == "httpd:worker" { url = route = status = ""; elected = busy = 0; inside = 1 }
    inside && $2 == "httpd:name" { url = $3 }
    inside && $2 == "httpd:route" { route = $3 }
    inside && $2 == "httpd:status" { status = $3; sub(/ +$/, "", status) }
    inside && $2 == "httpd:elected" { elected = $3 }
    inside && $2 == "httpd:busy" { busy = $3 }
    $2 == "/httpd:worker" { print url "|" route "|" status "|" elected "|" busy; inside = 0 }
    END { print "nonce=" nonce }')
  nonce=${answer##*nonce=}
  running=${answer%nonce=*}
  [ -n "$nonce" ] || {
    case $xml in
      *'<httpd:balancer>'*) refuse 70 "its Apache has no balancer://$balancer in the virtual host of $admin" ;;
    esac
    why="the manager's answer holds no nonce"
    return 1
  }
}

must_ask() {
  ask || refuse 72 "Apache does not answer on $admin: $why"
}

# table: prints each member from its file and from the running Apache: name|state|url|route|status|elected|busy. A member
# without a file has no name and state; for a member that Apache lacks the last four are empty.
table() {
  {
    files
    echo
    printf '%s\n' "$running"
  } | awk -F '|' '
    !seen && $0 == "" { seen = 1; next }
    !seen { file[++number] = $0; url[number] = $3; named[$3] = 1; next }
    $1 != "" { order[++workers] = $1; running[$1] = substr($0, length($1) + 1) }
    END {
      for (at = 1; at <= number; at++) print file[at] (url[at] in running ? running[url[at]] : "||||")
      for (at = 1; at <= workers; at++) if (!(order[at] in named)) print "||" order[at] running[order[at]]
    }'
}

# differing: prints the lines of the table in which Apache differs from the files
differing() {
  table | awk -F '|' '
    { status = " " $5 " "; disabled = status ~ / Dis /; draining = status ~ / Drn / }
    $1 == "" { if ($4 != "" && !disabled) print; next }
    $4 != $1 || ($2 == "joined" ? disabled : $2 == "draining" ? disabled || !draining : !disabled)'
}

differences() {
  differing | awk -F '|' '{
    if ($1 == "") printf "%s is served and has no file; ", $3
    else printf "%s is \047%s\047 and should be %s; ", $1, $5, $2
  }'
}

# by_another_hand: prints the lines of the table with a manual change: D (or S) on a member whose file has neither
by_another_hand() {
  table | awk -F '|' '$2 == "joined" && $4 == $1 && (" " $5 " ") ~ / (Dis|Stop) /'
}

# look URL: sets route, status, elected and busy from the running Apache, without a process, since it runs often; fails if
# Apache lacks the member.
look() {
  while IFS='|' read -r known route status elected busy; do
    [ "$known" != "$1" ] || return 0
  done <<RUNNING
$running
RUNNING
  route='' status='' elected='' busy=''
  return 1
}

# flagged FLAG: whether the member of the last look has it
flagged() {
  case " $status " in
    *" $1 "*) return 0 ;;
    *) return 1 ;;
  esac
}

healthy() {
  look "$1" && flagged Ok && ! flagged Dis && ! flagged Drn && ! flagged Stop
}

post() {
  curl -sS -m 3 -o /dev/null -H "Referer: $manager" --data "b=$balancer&nonce=$nonce&$1" "$manager" ||
    refuse 72 "Apache does not answer on $admin"
}

# The options of kept_health as fields of the manager's form.
health_fields() {
  # shellcheck disable=SC2086 # a list of options
  set -- $kept_health
  for option in "$@"; do
    case $option in
      hcmethod=*) printf '&w_hm=%s' "${option#*=}" ;;
      hcuri=*) printf '&w_hu=%s' "${option#*=}" ;;
      hcinterval=*ms) option=${option#*=} && printf '&w_hi=%s' "${option%ms}" ;;
      hcfails=*) printf '&w_hf=%s' "${option#*=}" ;;
      hcpasses=*) printf '&w_hp=%s' "${option#*=}" ;;
    esac
  done
}

# as_wanted NAME URL N D: whether the member has these flags, each 0, 1 or - for any
as_wanted() {
  look "$2" && [ "$route" = "$1" ] && is Drn "$3" && is Dis "$4"
}

is() {
  case $2 in
    -) return 0 ;;
    1) flagged "$1" ;;
    *) ! flagged "$1" ;;
  esac
}

# want NAME URL N D: changes the running Apache and reads back, since Apache answers 200 to refused changes as well. A new
# member gets the flag C: Apache sends it requests only after its own health checks have passed. Returns 1 if no slot is
# free for a new member before a reload.
want() {
  if ! look "$2"; then
    post "b_wyes=1&b_nwrkr=$2"
    must_ask
    look "$2" || return 1
  fi
  if ! as_wanted "$@"; then
    kept "$1"
    change="w=$2&w_wr=$1$(health_fields)"
    [ "$route" = "$1" ] || change="$change&w_status_C=1"
    [ "$3" = - ] || change="$change&w_status_N=$3"
    [ "$4" = - ] || change="$change&w_status_D=$4"
    post "$change"
    must_ask
    as_wanted "$@" ||
      refuse 70 "the running Apache did not accept the change of $1: $2 has the status '$status' and the route '$route'"
  fi
}

# Records manual changes in files, so that they survive reloads.
note_other_hands() {
  while IFS='|' read -r other state_of_other url_of_other route_of_other said_of_other rest; do
    [ -z "$other" ] || write_ejected "$other" "another hand" "$(now)" "found '$said_of_other' in the running Apache"
  done <<HANDS
$(by_another_hand)
HANDS
}

# guard NAME MINIMUM HOST: exits unless so many other members answer now. Apache's flags do not suffice: they are as old as
# the last health check. Sends one pinned request each through this proxy's balancer, in parallel; the member itself must
# answer. Runs in a subshell, so that its variables are its own: call it as "guard ... || exit $?".
guard() (
  [ "$2" -gt 0 ] || exit 0
  enough "$2" "$3" pinned "$(table | awk -F '|' -v leaver="$1" '
    $1 != leaver && $2 == "joined" && (" " $5 " ") ~ / Ok / && (" " $5 " ") !~ / (Dis|Drn|Stop) / { print $1 "|" $3 }')"
)

# The same if no worker of Apache is free: sends the requests to the members' own addresses.
guard_without_apache() (
  [ "$2" -gt 0 ] || exit 0
  enough "$2" "$3" directly "$(files |
    awk -F '|' -v leaver="$1" '$1 != leaver && $2 == "joined" { print $1 "|" $3 }')"
)

# enough MINIMUM HOST HOW CANDIDATES: asks candidates (lines name|url) in groups, until so many have answered
enough() {
  wanted=$1 host=$2 how=$3 candidates=$4 others=0
  set --
  while IFS='|' read -r name url; do
    [ -n "$name" ] || continue
    set -- "$@" "$name" "$url"
    [ $# -lt "$((2 * (wanted > 16 ? wanted : 16)))" ] || {
      answering "$@"
      set --
      [ "$others" -lt "$wanted" ] || return 0
    }
  done <<CANDIDATES
$candidates
CANDIDATES
  [ $# -eq 0 ] || answering "$@"
  [ "$others" -ge "$wanted" ] || refuse 71 "$others|$wanted"
}

# answering NAME URL...: adds those that answer well within 300 ms to others
answering() {
  left=$# first=yes
  while [ "$left" -gt 0 ]; do
    name=$1 url=$2
    shift 2
    left=$((left - 2))
    kept "$name"
    path=${kept_health#*hcuri=}
    path=${path%% *}
    # It writes down what was asked for, since the answers come in any order.
    [ "$first" = yes ] || set -- "$@" --next
    first=no
    set -- "$@" -s -m 0.3 -o /dev/null -H "Host: $host"
    if [ "$how" = pinned ]; then
      set -- "$@" -H "Cookie: ROUTEID=x.$name" -w "$name|%{http_code}|%header{x-sluice-member}\n" "http://$admin$path"
    else
      set -- "$@" -w "$name|%{http_code}|$name\n" "$url$path"
    fi
  done
  found=$(curl -Z --parallel-immediate --parallel-max 64 "$@" 2>/dev/null |
    awk -F '|' '$2 ~ /^[23]/ && $3 == $1 { found++ } END { print found + 0 }')
  others=$((others + found))
}

takes_traffic() {
  kept "$1"
  [ "$kept_state" = joined ] && healthy "$kept_url"
}

# last_words: prints Apache's own errors that explain why it does not run
last_words() {
  { "$apachectl" configtest 2>&1 | grep -v 'Syntax OK'; tail -n 20 "$errorlog" 2>/dev/null | grep -E ':(emerg|alert|crit|error)\]' | tail -n 3; } |
    tail -n 4 | tr '\n' ' ' | cut -c 1-600
}

# Reads the configuration once for the test and the figures, since that is slow on a busy proxy and holds the members' lock.
must_pass_configtest() {
  configuration=$("$apachectl" -t -D DUMP_CONFIG 2>&1) ||
    refuse 70 "its own configuration is broken: $("$apachectl" configtest 2>&1 | tr '\n' ' ' | cut -c 1-600)"
}

# suits: one line for each thing in which the site's configuration is not what docs/proxy-configuration.md expects.
# Asked of a proxy before it takes its members, and by the doctor.
suits() {
  includes=$("$apachectl" -t -D DUMP_INCLUDES 2>/dev/null | sed -n 's/^ *([0-9*]*) *//p')
  # shellcheck disable=SC2086 # a list of paths without blanks
  places=$(printf '%s\n' "$includes" | tr '\n' '\0' | xargs -0 -r cat 2>/dev/null |
    grep -cE "^[[:space:]]*Include(Optional)?[[:space:]]+\"?$members/")
  [ "$places" = 1 ] ||
    echo "its configuration includes $members in $places places; exactly one is expected, in balancer://$balancer"
  printf '%s\n' "$xml" | awk -F '[<>]' -v wanted="balancer://$balancer" '
    $2 == "httpd:balancer" { named = 0; ours = 0 }
    $2 == "httpd:name" && !named { named = 1; ours = ($3 == wanted) }
    ours && $2 == "httpd:lbmethod" && $3 != "bybusyness" {
      print wanted " has lbmethod=" $3 "; with bybusyness a member that hangs gets no more than its share"
    }
    ours && $2 == "httpd:maxattempts" && $3 < 1 {
      print wanted " has no maxattempts: a request whose member refuses would not get another one"
    }'
  page=$(curl -sS -m 3 -H "Referer: $manager" "$manager" 2>/dev/null)
  case $page in
    *'Health check cond. expressions'*) ;;
    *) echo "its Apache makes no health checks: the virtual host of $admin has no ProxyHCExpr" ;;
  esac
}

# auto NAME: one figure of server-status
auto() {
  curl -fsS -m 3 "http://$admin/-/server-status?auto" | sed -n "s/^$1: //p"
}

# configured NAME FALLBACK: a figure of the configuration that a reload would load; the fallback is Apache's default
configured() {
  printf '%s\n' "$configuration" |
    awk -v name="$1" -v found="$2" '$1 == name { found = $2 } END { print found }'
}

# loaded NAME: one header of the files that the running Apache has loaded
loaded() {
  curl -fsS -m 3 -o /dev/null -D - "http://$admin/-/server-status?auto" | tr -d '\r' | sed -n "s/^X-Sluice-$1: //p"
}

# live_joins: prints the number of members that joined since Apache loaded its files; a member that left keeps its slot
live_joins() {
  at_load=$(loaded Loaded)
  echo "$(($(printf '%s' "$running" | grep -c '|') - ${at_load:-0}))"
}

# boot: prints the parent process and its start time: unchanged by a reload, changed by a restart
boot() {
  pid=$(cat "$pidfile" 2>/dev/null) || return 0
  printf '%s %s' "$pid" "$(cut -d ' ' -f 22 "/proc/$pid/stat" 2>/dev/null)"
}
