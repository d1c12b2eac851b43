#!/usr/bin/env bash
# Runs ShellCheck over every shell script of the tree. Any finding fails, of level style as well, and so does a line of
# more than 120 characters.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
command -v shellcheck >/dev/null || { echo "Missing: shellcheck" >&2; exit 2; }

# SC2016: a program for awk, sed or another shell stands in single quotes so that this shell does not expand it.
# SC2015: "A && B || C" is written only where C handles the failure of either, and ends the script or the step.
everywhere=SC2016,SC2015
proxy_scripts=activities/src/main/resources/dev/sluice/activities/membership

exclusions_of() { # FILE
  case $1 in
    # SC2034: a library's variables are read by the scripts that source it.
    scripts/common.sh | distribution/src/main/files/libexec/java.sh) echo "$everywhere,SC2034" ;;
    # SC2012: ls reads a folder whose names are those of nodes, and find would cost a process more.
    "$proxy_scripts"/common.sh) echo "$everywhere,SC2034,SC2012" ;;
    *) echo "$everywhere" ;;
  esac
}

# Shell scripts are files that end in .sh or whose first line names a shell.
find_scripts() {
  local is_script='FNR == 1 && (FILENAME ~ /\.sh$/ || /^#!.*[\/ ](ba|da)?sh( |$)/) { print substr(FILENAME, 3) }
    { nextfile }'
  find . \( -name target -o -name .git -o -name .sluice \) -prune -o -type f -print0 |
    xargs -0 awk "$is_script" |
    sort
}

# Scripts without a first line that names a shell are text for "sh -s" on a node, unless a directive says otherwise.
check() { # FILE
  local shell=()
  grep -qE '^#!|^# shellcheck shell=' "$1" || shell=(-s sh)
  shellcheck -x -P distribution/src/main/files -P SCRIPTDIR "${shell[@]}" -e "$(exclusions_of "$1")" "$1"
}

# Left out are the scripts that go to nodes, which are packed because they travel with every call, and those of tests.
find_long_lines() {
  find_scripts | grep -vE '^activities/|/src/test/' | LC_ALL=C.UTF-8 xargs grep -HnE '^.{121}' && return 1
  return 0
}

# A worker sends the scripts of a proxy together with common.sh. The copies that are checked source it in their first
# line, which is a comment, so that the line numbers stay.
copy_proxy_scripts() { # FOLDER
  local script
  mkdir -p "$1/$proxy_scripts"
  for script in "$proxy_scripts"/*.sh; do
    if [ "${script##*/}" = common.sh ]; then cp "$script" "$1/$script"; else
      [ "$(head -c 1 "$script")" = '#' ] || { echo "$script: the first line is no comment" >&2; exit 1; }
      { printf '. ./common.sh '; cat "$script"; } >"$1/$script"
    fi
  done
}

copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT
copy_proxy_scripts "$copies"
failed=0 count=0
while IFS= read -r script; do
  count=$((count + 1))
  case $script in
    "$proxy_scripts"/*) (cd "$copies" && check "$script") || failed=$((failed + 1)) ;;
    *) check "$script" || failed=$((failed + 1)) ;;
  esac
done < <(find_scripts)
find_long_lines || { echo "These lines have more than 120 characters." >&2; exit 1; }
[ "$failed" = 0 ] || { echo "ShellCheck has findings in $failed of $count scripts." >&2; exit 1; }
echo "ShellCheck: no findings in $count scripts."
