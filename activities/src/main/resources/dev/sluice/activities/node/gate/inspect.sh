# Inspects a node: prints facts as JSON lines, which the worker judges. Arguments, in any order:
#   private:ADDRESS proc:NAME closed:ADDRESS:PORT http:SCHEME:PORT:MILLISECONDS:HOST:BASE64:PATH health:PORT:PATH cert:PATH file:PATH timing: full: (siblings get only timing:)
# Each line is {"c":"KIND",...}; a fact that cannot be read is {"c":"KIND","error":"REASON"}, one that cannot exist {"c":"KIND","na":"REASON"}.
# The last line is {"c":"end","n":LINES}; without it the output was cut off. Changes only one scratch file for fsync.
LC_ALL=C; export LC_ALL; umask 077 # logs contain any bytes
N=0
emit() { N=$((N + 1)); printf '%s\n' "$1"; }
esc() { tr -d '\000-\010\013\014\016-\037' | awk 'BEGIN{ORS=""}{gsub(/\\/,"\\\\\\\\");gsub(/"/,"\\\"");gsub(/\t/,"\\t");gsub(/\r/,"");if(NR>1)print "\\n";print}'; }
# The same for one word; most need no escape, and a process costs milliseconds on a small machine.
quoted() { case $1 in *[!' '-~]* | *[\"\\]*) printf %s "$1" | esc ;; *) printf %s "$1" ;; esac; }
error() { emit "{\"c\":\"$1\",\"error\":\"$(quoted "$2")\"}"; }
na() { emit "{\"c\":\"$1\",\"na\":\"$(quoted "$2")\"}"; }
has() { command -v "$1" >/dev/null 2>&1; }
limit() { timeout -k 1 5 "$@"; }
host() {
  key=$(cat /etc/ssh/sluice/*/host_key.pub /etc/ssh/ssh_host_*_key.pub 2>/dev/null | cut -d' ' -f1,2 | tr '\n' ',')
  emit "{\"c\":\"host\",\"now\":$(date +%s%3N),\"host\":\"$(quoted "$(hostname)")\",\"machine\":\"$(quoted "$(cat /etc/machine-id)")\",\"keys\":\"$(quoted "$key")\",\"template\":\"$(quoted "$(cat /var/lib/sluice/template 2>/dev/null)")\",\"boot\":\"$(cat /proc/sys/kernel/random/boot_id)\"}"
}
hardware() {
  awk -F: '/^model name/&&!m{m=$2;sub(/^ +/,"",m);gsub(/["\\]/,"",m)}/^(flags|Features)/&&!f{f=$2;sub(/^ +/,"",f)}/^processor/{n++}
    END{printf "{\"c\":\"cpu\",\"cores\":%d,\"model\":\"%s\",\"flags\":\"%s\",",n,m,f}' /proc/cpuinfo
  awk '{printf "\"load\":%s}\n",$1}' /proc/loadavg; N=$((N + 1))
  emit "$(awk '/^MemTotal:/{t=$2}/^MemAvailable:/{a=$2}END{printf "{\"c\":\"memory\",\"total\":%d,\"available\":%d}",t,a}' /proc/meminfo)"
}
median() { sort -n | awk '{v[NR]=$1}END{print NR?v[int((NR+1)/2)]:"null"}'; }
laps() { i=0 a=$(date +%s%N); while [ $i -lt 5 ]; do "$@" >/dev/null 2>&1 || return 1; b=$(date +%s%N); echo $(((b - a) / 1000)); a=$b i=$((i + 1)); done; }
work() { head -c 4194304 /dev/zero | sha256sum; }
scratch=/var/lib/sluice/.fsync.$$
flush() { dd if=/dev/zero of=$scratch bs=4096 count=1 conv=fsync; }
timing() {
  mkdir -p /var/lib/sluice 2>/dev/null
  emit "{\"c\":\"timing\",\"cpu\":$(laps work | median),\"fsync\":$(laps flush | median)}"; rm -f $scratch
}
packages() {
  has dpkg-query || { error packages "dpkg is not installed"; return; }
  now=$(limit dpkg-query -W -f='${binary:Package} ${Version} ${db:Status-Status}\n' | awk '$3=="installed"{print $1,$2}' | sort)
  digest=$(printf '%s\n' "$now" | sha256sum); digest=${digest%% *}
  kept=$(sha256sum </var/lib/sluice/manifest 2>/dev/null); kept=${kept%% *}
  emit "{\"c\":\"packages\",\"digest\":\"$digest\",\"manifest\":\"$kept\"}"
  [ "$digest" = "$kept" ] || [ ! -f /var/lib/sluice/manifest ] || printf '%s\n' "$now" |
    awk 'NR==FNR{t[$1]=$2;next}{n[$1]=$2}END{for(p in n)if(t[p]!=n[p])print p,(p in t?t[p]:"-"),n[p];for(p in t)if(!(p in n))print p,t[p],"-"}' /var/lib/sluice/manifest - |
    sort | head -n 20 | awk '{printf "{\"c\":\"package\",\"name\":\"%s\",\"template\":\"%s\",\"node\":\"%s\"}\n",$1,$2,$3}' >&3
}
listening() {
  o=$(limit ss -Hltn 2>&1) || { error listen "ss: $o"; return; }
  emit "$(printf '%s\n' "$o" | awk 'BEGIN{printf "{\"c\":\"listen\",\"at\":["}NF>3{a=$4;sub(/%[^:]*/,"",a);gsub(/[][]/,"",a);printf "%s\"%s\"",(n++?",":""),a}END{print "]}"}')"
}
process() { n=$(pgrep -c -x "$(printf %.15s "$1")" 2>/dev/null); emit "{\"c\":\"process\",\"name\":\"$1\",\"count\":${n:-0}}"; }
closed() { # curl says 7 when the connection is refused
  curl -s -o /dev/null --noproxy '*' --connect-timeout 2 -m 3 "http://$1:$2/" 2>/dev/null; emit "{\"c\":\"closed\",\"port\":$2,\"exit\":$?}"
}
# The whole answer is searched for the text, up to 8 MiB of it; its beginning is for people.
http() { # SCHEME PORT MILLISECONDS HOST BASE64 PATH
  seconds=$(($3 / 1000 + 2)); body=$(mktemp /run/sluice.XXXXXX) || { error "http $2 $6" "no room in /run"; return; }
  o=$(curl -k -s -o "$body" --noproxy '*' -A sluice-gate -m $seconds --max-filesize 8388608 --connect-to "$4:$2:$private:$2" \
    -w '%{http_code} %{time_total}' "$1://$4:$2$6" 2>/dev/null); rc=$?; [ -n "$o" ] || o="000 0"
  found=false
  TEXT=$(printf %s "$5" | base64 -d) awk 'BEGIN{RS="\001"}index($0,ENVIRON["TEXT"]){f=1}END{exit !f&&ENVIRON["TEXT"]!=""}' "$body" && found=true
  emit "{\"c\":\"http\",\"port\":$2,\"path\":\"$(quoted "$6")\",\"exit\":$rc,\"status\":$(printf %d "$((1${o%% *} - 1000))"),\"seconds\":${o##* },\"found\":$found,\"body\":\"$(head -c 60 "$body" | base64 -w0)\"}"
  rm -f "$body"
}
# As mod_proxy_hcheck asks: HTTP/1.0, and the member's address for a host.
proxies_question() { # PORT PATH
  o=$(curl -s -o /dev/null --noproxy '*' -0 -A '' -m 5 -w '%{http_code}' "http://$private:$1$2" 2>/dev/null); rc=$?
  emit "{\"c\":\"health\",\"exit\":$rc,\"status\":$(printf %d "$((1${o:-000} - 1000))")}"
}
certificate() {
  o=$(limit openssl x509 -in "$1" -noout -enddate -fingerprint -sha256 2>&1) || { error "certificate $1" "$o"; return; }
  end=$(date -d "$(printf '%s\n' "$o" | sed -n 's/^notAfter=//p')" +%s)
  print=$(printf '%s\n' "$o" | sed -n 's/.*ingerprint=//p' | tr -d :)
  mine=$(limit openssl x509 -in "$1" -noout -pubkey 2>/dev/null); its=$(limit openssl pkey -in "${1%.*}.key" -pubout 2>/dev/null)
  match=false; [ -n "$its" ] && [ "$mine" = "$its" ] && match=true
  emit "{\"c\":\"certificate\",\"path\":\"$(quoted "$1")\",\"end\":${end:-0},\"print\":\"$print\",\"match\":$match}"
}
file() {
  if [ -f "$1" ]; then sum=$(sha256sum <"$1"); emit "{\"c\":\"file\",\"path\":\"$(quoted "$1")\",\"digest\":\"${sum%% *}\",\"rights\":\"$(stat -c '0%a %U:%G' "$1")\"}"
  else emit "{\"c\":\"file\",\"path\":\"$(quoted "$1")\",\"digest\":\"\",\"rights\":\"\"}"; fi
}
disk() {
  o=$(limit df -P -k / 2>&1) || { error disk "$o"; return; }
  i=$(limit df -P -i / 2>/dev/null | awk 'NR==2{print $5}' | tr -dc 0-9)
  ro=false; touch $scratch 2>/dev/null && rm -f $scratch || { awk '$2=="/"{print $4}' /proc/mounts | grep -qE '(^|,)ro(,|$)' && ro=true; }
  emit "$(printf '%s\n' "$o" | awk -v i="${i:-null}" -v ro=$ro 'NR==2{u=$5;sub(/%/,"",u);printf "{\"c\":\"disk\",\"used\":%d,\"free\":%d,\"inodes\":%s,\"readonly\":%s}",u,$4,i,ro}')"
}
virtual() { if has systemd-detect-virt && v=$(systemd-detect-virt --vm 2>/dev/null); then echo "$v"; elif grep -qw hypervisor /proc/cpuinfo; then echo vm; else echo none; fi; }
health() {
  virt=$(virtual)
  found=
  for d in /sys/block/*; do
    b=${d##*/}
    case $b in loop*|ram*|zram*|dm-*|md*|sr*|fd*|nbd*|'*') continue ;; vd*|xvd*|pmem*) found="$found $b"; continue ;; esac
    found='done'
    has smartctl || { error smart "smartctl is not installed, and the disk $b exists"; break; }
    o=$(limit smartctl -H "/dev/$b" 2>/dev/null); rc=$?
    case $o in *PASSED*|*": OK"*) emit "{\"c\":\"smart\",\"disk\":\"$b\",\"ok\":true}" ;;
      *FAILED*) emit "{\"c\":\"smart\",\"disk\":\"$b\",\"ok\":false}" ;; *) [ "$virt" = none ] && error smart "$b: smartctl exit $rc" || na smart "$b is a virtual disk without SMART" ;; esac
  done
  case $found in done*) ;; '') na smart "this machine sees no disk" ;; *) na smart "paravirtual disks only:$found" ;; esac
  if ls -d /sys/devices/system/edac/mc/mc[0-9]* >/dev/null 2>&1; then
    emit "{\"c\":\"ecc\",\"corrected\":$(cat /sys/devices/system/edac/mc/mc*/ce_count | awk '{n+=$1}END{print n+0}'),\"uncorrected\":$(cat /sys/devices/system/edac/mc/mc*/ue_count | awk '{n+=$1}END{print n+0}')}"
  elif [ "$virt" != none ]; then na ecc "virtual machine ($virt): its host handles memory errors"; else na ecc "no memory controller reports errors"; fi
  hot=$(cat /sys/class/hwmon/hwmon*/temp*_input /sys/class/thermal/thermal_zone*/temp 2>/dev/null | sort -n | tail -n 1)
  if [ -n "$hot" ]; then emit "{\"c\":\"temperature\",\"milli\":$hot}"; else na temperature "this machine sees no sensor ($virt)"; fi
}
errors() { # lines of level error or worse in Apache's log since this machine booted
  log=/var/log/apache2/error.log
  [ -e $log ] || { na errors "there is no Apache error log"; return; }
  up=$(awk '{print $22}' /proc/1/stat); boot=$(($(awk '/^btime/{print $2}' /proc/stat) + up / $(getconf CLK_TCK 2>/dev/null || echo 100)))
  tail -c 1048576 $log | awk -v boot=$boot '
    BEGIN{split("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",m," ");for(i in m)k[m[i]]=i}
    /\[[a-z_0-9]*:(emerg|alert|crit|error)\]/{
      if($1~/^[0-9]+-[0-9]+-[0-9]+$/){split($1,d,"-");split($2,h,/[:.]/);t=mktime(d[1]" "d[2]" "d[3]" "h[1]" "h[2]" "h[3])} # ErrorLogFormat %{cu}t
      else{split($4,h,/[:.]/);t=mktime(substr($5,1,4)" "k[$2]" "$3" "h[1]" "h[2]" "h[3])}
      if(t<0||t>=boot)n++}
    END{printf "{\"c\":\"errors\",\"lines\":%d}\n",n}' >&3
}
release() {
  if [ -f /var/lib/sluice/release ]; then emit "{\"c\":\"release\",\"text\":\"$(head -c 200 /var/lib/sluice/release | esc)\"}"; else na release "no release besides the template is deployed"; fi
}
all() {
  private=127.0.0.1
  for word in "$@"; do case $word in private:*) private=${word#*:} ;; esac; done
  host; hardware; packages
  for word in "$@"; do
    rest=${word#*:}
    case $word in
      timing:) timing ;;
      full:) disk; listening; health; errors; release ;;
      proc:*) process "$rest" ;;
      closed:*) closed "${rest%:*}" "${rest##*:}" ;;
      cert:*) certificate "$rest" ;;
      file:*) file "$rest" ;;
      http:*) scheme=${rest%%:*}; rest=${rest#*:}; port=${rest%%:*}; rest=${rest#*:}; ms=${rest%%:*}; rest=${rest#*:}
        host=${rest%%:*}; rest=${rest#*:}
        http "$scheme" "$port" "$ms" "$host" "${rest%%:*}" "${rest#*:}" ;;
      health:*) proxies_question "${rest%%:*}" "${rest#*:}" ;;
    esac
  done
}
main() {
  exec 3>&1
  out=$(all "$@" 3>&1)
  printf '%s\n' "$out"; printf '{"c":"end","n":%d}\n' "$(printf '%s\n' "$out" | wc -l)"
}
main "$@" </dev/null
