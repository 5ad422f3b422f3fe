#!/usr/bin/env bash
# Installs what is missing (Debian), builds a release and starts Convscope: ./run.sh [arguments]
# Without a display it draws the window into convscope.png instead.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/.ci/packages.sh"

if [ -r /etc/debian_version ]; then
  install_missing "Convscope is built from source and draws with OpenGL" \
    "${build_packages[@]}" "${runtime_packages[@]}"
fi

(
  cd "$root"
  [ -f build/release/build.ninja ] || cmake --preset release >/dev/null
  # Ninja says "no work to do" and nothing else when all is built.
  ninja -C build/release -n convscope | grep -q "no work to do" || {
    echo "Building Convscope (the first time takes about a minute or two) ..."
    cmake --build --preset release --target convscope
  }
)

exec "$root/build/release/convscope" "$@"
