#!/usr/bin/env bash
# Makes the Debian package, reads it with Debian's own checkers, and in a fresh system installs it, starts it, opens a file
# with it and removes it again: .ci/package.sh [PRESET], as root. The package is build/package/*.deb; CI tries that of the
# preset test instead, which is built already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/packages.sh
install_missing "the package is made and tried" "${build_packages[@]}" "${package_packages[@]}"

export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
preset=${1:-package}
built=build/$preset
cmake --preset "$preset" -DCONVSCOPE_PACKAGE=ON
cmake --build --preset "$preset" --target convscope package_files
rm -f "$built"/*.deb
(cd "$built" && cpack -G DEB)
deb=$(ls "$built"/*.deb)

desktop-file-validate assets/package/convscope.desktop
appstreamcli validate --no-net "$built"/package/org.convscope.Convscope.metainfo.xml
lintian --allow-root --fail-on error,warning --display-level '>=warning' "$deb"

# The fresh system is kept without the package, so that the next run begins at once.
bare=$PWD/build/bare
if [ ! -e "$bare/made" ]; then
  rm -rf "$bare"
  debootstrap --variant=minbase bookworm "$bare" http://deb.debian.org/debian >"$bare.log" || { tail "$bare.log"; exit 1; }
  touch "$bare/made"
fi
inside() { chroot "$bare" env -u DISPLAY -u XDG_RUNTIME_DIR HOME=/root "$@"; }
server=
cleanup() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  rm -f "$bare/package.deb" "$bare/numbers.npy" "$bare/edge.json"
}
trap cleanup EXIT
cp "$deb" "$bare/package.deb"
cp assets/scenes/edge.json "$bare/edge.json"
inside apt-get update -qq
inside env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq /package.deb >/dev/null
inside convscope --version
inside convscope render /edge.json --panel output --output /numbers.npy
inside convscope info /numbers.npy
inside convscope /edge.json --screenshot /tmp/window.png
inside bash -n /usr/share/bash-completion/completions/convscope

# A real window, which is opened with a file and closed by a signal.
mkfifo -m 600 build/display.$$
Xvfb -displayfd 3 -noreset -screen 0 1280x720x24 3>build/display.$$ 2>/dev/null &
server=$!
display=$(head -n 1 build/display.$$)
rm -f build/display.$$
window_ends() {
  local id=
  chroot "$bare" env HOME=/root DISPLAY=":$display" convscope /edge.json >/dev/null &
  local window=$!
  for _ in $(seq 600); do
    id=$(DISPLAY=":$display" xdotool search --name '^edge' 2>/dev/null | head -n 1) && [ -n "$id" ] && break
    kill -0 "$window" || return 1
    read -r -t 0.1 <> <(:) || true
  done
  [ -n "$id" ] || { echo "No window was opened" >&2; return 1; }
  kill -TERM "$window"
  wait "$window" || [ $? -eq 143 ]
}
window_ends

inside apt-get remove -y -qq --purge convscope >/dev/null
if inside find /usr /etc /opt -iname '*convscope*' | grep .; then
  echo "The package left these files behind" >&2
  exit 1
fi
echo "$deb is installed, starts and is removed"
