#!/usr/bin/env bash
# The Python client and `convscope send` against a real window.
#   link_test.sh CONVSCOPE PYTHON
set -euo pipefail
program=$1
python=$2
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/in_xvfb.sh"

folder=$(mktemp -d)
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap cleanup EXIT
cd "$folder"
export XDG_STATE_HOME=$folder/state XDG_CONFIG_HOME=$folder/config
mkdir -m 700 "$folder/run"
export XDG_RUNTIME_DIR=$folder/run
start_server

# A small window, as it is drawn by the processor.
cat >convscope <<EOF
#!/bin/sh
exec "$program" --size 640x480 "\$@"
EOF
chmod +x convscope
CONVSCOPE=$folder/convscope PROGRAM=$program "$python" "$here/link_check.py"
