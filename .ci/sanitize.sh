#!/usr/bin/env bash
# Runs tests under Clang's address and undefined-behaviour sanitizers: .ci/sanitize.sh [PROGRAM...], else all that don't
# draw with OpenGL, whose driver keeps memory.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

warn_where_asan_crashes
if [ $# -eq 0 ]; then
  build_asan tests_without_opengl
  ctest --preset asan --parallel "$(nproc)" -R '_tests?\.' -LE opengl
else
  build_asan "$@"
  ctest --preset asan --parallel "$(nproc)" -R "^($(IFS='|'; echo "$*"))\."
fi
