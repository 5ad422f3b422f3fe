#!/usr/bin/env bash
# Installs what the tests need (Debian), builds with assertions on and runs every test: ./test.sh [ctest arguments]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root"
source .ci/packages.sh
source .ci/photos.sh

if [ -r /etc/debian_version ]; then
  install_missing "the tests are built from source and draw with OpenGL" \
    "${build_packages[@]}" "${runtime_packages[@]}" "${test_packages[@]}"
fi

fetch_photos build/photos

cmake --preset test
cmake --build --preset test
ctest --preset test --parallel "$(nproc)" "$@"
