#!/usr/bin/env bash
# Compiles the engine and its tests for 64-bit ARM and runs them under qemu's emulation: .ci/aarch64.sh [FOLDER], as root.
# A Debian 12 with the cross compiler and ARM's libraries is made in FOLDER (build/aarch64-root) and kept.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/packages.sh
install_missing "a system for the cross compiler is made" debootstrap
root=$(realpath -m "${1:-build/aarch64-root}")

inside() { chroot "$root" env HOME=/root DEBIAN_FRONTEND=noninteractive "$@"; }
if [ ! -e "$root/made" ]; then
  rm -rf "$root"
  mkdir -p "$root"
  debootstrap --variant=minbase bookworm "$root" http://deb.debian.org/debian >/dev/null
  inside dpkg --add-architecture arm64
  inside apt-get update -qq
  inside apt-get install -y -qq --no-install-recommends cmake ninja-build crossbuild-essential-arm64 qemu-user \
    libhwy-dev:arm64 libtbb-dev:arm64 libgtest-dev:arm64 libgmock-dev:arm64 librapidcheck-dev:arm64 libeigen3-dev \
    nlohmann-json3-dev >/dev/null
  touch "$root/made"
fi

mkdir -p "$root/source"
mountpoint -q "$root/source" || mount --bind "$PWD" "$root/source"
trap 'umount "$root/source"' EXIT
cat >"$root/aarch64.cmake" <<'END'
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64;-L;/usr/aarch64-linux-gnu)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
END
inside cmake -S /source -B /built -G Ninja -DCMAKE_TOOLCHAIN_FILE=/aarch64.cmake -DCMAKE_BUILD_TYPE=Release \
  -DCONVSCOPE_ENGINE_ONLY=ON -DCONVSCOPE_BUILD_TESTS=ON -DCONVSCOPE_QUICK_TESTS=ON -DCONVSCOPE_ASSERTS=ON \
  -DCONVSCOPE_WHOLE_PROGRAMS=ON
inside cmake --build /built
inside env QEMU_LD_PREFIX=/ ctest --test-dir /built --output-on-failure --parallel "$(nproc)"
