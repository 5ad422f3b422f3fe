#!/usr/bin/env bash
# What is drawn outlives an X server that dies, signals and kill -9: the next start offers it.
#   unsaved_test.sh CONVSCOPE WINDOW_CHECK
set -euo pipefail
program=$1
check=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/in_xvfb.sh"

folder=$(mktemp -d)
server=
window=
cleanup() {
  [ -z "$window" ] || kill -9 "$window" 2>/dev/null || true
  [ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder"
export XDG_STATE_HOME=$folder/state

# ended CODE WHY: the program has ended with that exit status.
ended() {
  local code=0
  until_true gone
  wait "$window" || code=$?
  window=
  [ "$code" -eq "$1" ] && return 0
  cat out >&2
  echo "convscope ended with $code instead of $1 after $2" >&2
  return 1
}
kept() { [ -n "$(find state -name 'scene-*.json')" ]; }
nothing_kept() { [ -z "$(find state -name 'run-*')" ]; }
go_on() {
  xdotool mousemove 2 700 key --delay 100 Return
  picture_is_right
}
takes_up() {
  start_window
  within 50 go_on || { echo "The drawing is not there after $1" >&2; return 1; }
}

read -r from_x from_y to_x to_y < <("$check" points)
start_server
start_window
within 20 draw_and_save || { echo "Nothing was drawn" >&2; exit 1; }

kill -9 "$server"
ended 1 "its X server was killed"
grep -q 'connection to the X server was lost' out || { cat out >&2; exit 1; }
kept || { echo "Nothing was kept when the X server was killed" >&2; exit 1; }
start_server
takes_up "the X server was killed"

kill -TERM "$window"
ended 143 SIGTERM
takes_up SIGTERM

kill -INT "$window"
ended 130 SIGINT
takes_up SIGINT

kill -HUP "$window"
ended 129 SIGHUP
takes_up SIGHUP

kill -9 "$window"
ended 137 "kill -9"
takes_up "kill -9"

# What is given up is not offered again, and leaves nothing.
xdotool key --delay 100 ctrl+q
give_up() { xdotool key --delay 100 ctrl+d; within 10 gone; }
within 50 give_up || { echo "convscope did not end" >&2; exit 1; }
ended 0 "it was closed"
nothing_kept || { find state >&2; exit 1; }
