#!/usr/bin/env bash
# Runs clang-tidy with the checks of .clang-tidy: .ci/tidy.sh [FILE...], else over every source of engine and app.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

# How Clang compiles each file, and what is generated for it.
build_asan glad_gl glad_egl
if ! clang-tidy --version | grep -q 'version 14\.'; then
  echo "clang-tidy: not run; .clang-tidy is written for version 14, Debian 12's, and others find other things"
  exit
fi
[ $# -gt 0 ] || mapfile -t files < <(git ls-files 'app/*.cpp' 'engine/*.cpp')
[ $# -eq 0 ] || files=("$@")
# It counts the warnings that it doesn't show on standard error.
printf '%s\n' "${files[@]}" |
  xargs -P "$(nproc)" -n 4 clang-tidy -p build/asan --quiet 2> >(grep -v 'warnings\? generated\.$' >&2)
echo "clang-tidy: ${#files[@]} files, clean"
