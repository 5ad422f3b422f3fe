#!/bin/bash
# Makes the pictures of README.md anew, with the program that is given or build/test/convscope. With --check FOLDER it
# makes them there instead and fails, with their names, where one differs from that of README.md by more than drawing
# on another machine does (tests/cli/compare_pictures.py).
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$root/assets
check=
if [ "${1-}" = --check ]; then
  check=1
  folder=$2
  mkdir -p "$folder"
  shift 2
fi
program=${1-$root/build/test/convscope}

# The names are those of README.md.
"$program" render edge --panel window --size 1280x720 --steps 14 --output "$folder/window.png"
"$program" render edge --panel row --at 2,1 --scale 1 --output "$folder/row.png"
"$program" render momentum-valley --panel window --size 1280x720 --steps 40 --output "$folder/momentum.png"

[ -n "$check" ] || exit 0
for name in window row momentum; do
  python3 "$root/tests/cli/compare_pictures.py" "$root/assets/$name.png" "$folder/$name.png"
done
