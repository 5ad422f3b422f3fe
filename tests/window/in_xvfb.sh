# What the tests in a real window have in common. Sourced; the working folder is `folder`.

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

# An X server of its own, which `server` and DISPLAY name.
start_server() {
  rm -f "$folder/display"
  Xvfb -displayfd 3 -noreset -screen 0 1280x720x24 3>"$folder/display" 2>"$folder/xvfb" &
  server=$!
  until_true test -s "$folder/display"
  DISPLAY=":$(cat "$folder/display")"
  export DISPLAY
  unset WAYLAND_DISPLAY
}

# The program in a window at the upper left corner, which `window` names; it writes to out.
start_window() {
  rm -f "$folder/id"
  # A script's background programs ignore SIGINT otherwise.
  env --default-signal=INT,HUP,TERM "$program" --size 1280x720 >"$folder/out" 2>&1 &
  window=$!
  until_true found
  xdotool windowmove "$(head -n 1 "$folder/id")" 0 0 || true
}
found() { xdotool search --name '^Convscope$' >"$folder/id" && test -s "$folder/id"; }
gone() { ! kill -0 "$window"; }

# The window takes no input before its first frame: the stroke is drawn until it can be seen.
draw_and_save() {
  rm -f convscope.png
  xdotool key --delay 100 Escape e  # lays a brush down that was taken before, and takes it
  xdotool mousemove "$from_x" "$from_y" sleep 0.2 mousedown 1 sleep 0.2
  xdotool mousemove $(((from_x + to_x) / 2)) "$to_y" sleep 0.2 mousemove "$to_x" "$to_y" sleep 0.2
  xdotool mouseup 1 sleep 0.2 mousemove 2 700 sleep 0.5
  picture_is_right
}
# A picture of the window shows the stroke, and what follows from it.
picture_is_right() {
  rm -f convscope.png
  xdotool key --delay 100 F12
  within 30 test -s convscope.png
  "$check" check convscope.png
}
