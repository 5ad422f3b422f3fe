#!/usr/bin/env bash
# One run in a real window: start, draw on the input, save the window, read it back, quit.
#   smoke_test.sh CONVSCOPE WINDOW_CHECK
set -euo pipefail
program=$1
check=$2

folder=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT

# within TENTHS COMMAND...: waits for it so many tenths of a second.
within() {
  local try tenths=$1
  shift
  for try in $(seq "$tenths"); do
    "$@" 2>/dev/null && return 0
    read -r -t 0.1 <> <(:) || true
  done
  return 1
}
until_true() {
  within 600 "$@" && return 0
  echo "This did not come true in a minute: $*" >&2
  return 1
}

Xvfb -displayfd 3 -noreset -screen 0 1280x720x24 3>"$folder/display" 2>"$folder/xvfb" &
server=$!
until_true test -s "$folder/display"
DISPLAY=":$(cat "$folder/display")"
export DISPLAY
unset WAYLAND_DISPLAY

cd "$folder"
"$program" --size 1280x720 >"$folder/out" 2>&1 &
window=$!
found() { xdotool search --name '^Convscope$' >"$folder/id" && test -s "$folder/id"; }
until_true found
xdotool windowmove "$(head -n 1 "$folder/id")" 0 0 || true

read -r from_x from_y to_x to_y < <("$check" points)
# The window takes no input before its first frame: the stroke is drawn until it can be seen.
draw_and_save() {
  rm -f convscope.png
  xdotool mousemove "$from_x" "$from_y" sleep 0.2 mousedown 1 sleep 0.2
  xdotool mousemove $(((from_x + to_x) / 2)) "$to_y" sleep 0.2 mousemove "$to_x" "$to_y" sleep 0.2
  xdotool mouseup 1 sleep 0.2 mousemove 2 700 sleep 0.5
  xdotool key --delay 100 F12
  within 30 test -s convscope.png
  "$check" check convscope.png
}
within 20 draw_and_save || { "$check" check convscope.png; exit 1; }

# What was drawn is in no file: the program asks before it ends.
xdotool key --delay 100 ctrl+q
gone() { ! kill -0 "$window"; }
discard() { xdotool key --delay 100 ctrl+d; within 10 gone; }
within 50 discard || { echo "convscope did not end" >&2; exit 1; }
code=0
wait "$window" || code=$?
cat "$folder/out"
[ "$code" -eq 0 ] || { echo "convscope ended with $code" >&2; exit 1; }
