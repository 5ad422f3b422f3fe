#!/usr/bin/env bash
# One run in a real window: start, draw on the input, save the window, read it back, quit.
#   smoke_test.sh CONVSCOPE WINDOW_CHECK
set -euo pipefail
program=$1
check=$2
. "$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/in_xvfb.sh"

folder=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT

cd "$folder"
export XDG_STATE_HOME=$folder/state
start_server
start_window

read -r from_x from_y to_x to_y < <("$check" points)
within 20 draw_and_save || { "$check" check convscope.png; exit 1; }

# What was drawn is in no file: the program asks before it ends.
xdotool key --delay 100 ctrl+q
discard() { xdotool key --delay 100 ctrl+d; within 10 gone; }
within 50 discard || { echo "convscope did not end" >&2; exit 1; }
code=0
wait "$window" || code=$?
cat "$folder/out"
[ "$code" -eq 0 ] || { echo "convscope ended with $code" >&2; exit 1; }
