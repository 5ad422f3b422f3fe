#!/usr/bin/env bash
# Runs tests under Clang's address and undefined-behaviour sanitizers: .ci/sanitize.sh [PROGRAM...], else all but those
# that draw with OpenGL, whose driver keeps memory, and those that let system calls fail, also the sanitizer's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

warn_where_asan_crashes
if [ $# -eq 0 ]; then
  build_asan sanitized_tests
  ctest --preset asan --parallel "$(nproc)" -R '_tests?\.' -LE 'opengl|unsanitized'
else
  build_asan "$@"
  ctest --preset asan --parallel "$(nproc)" -R "^($(IFS='|'; echo "$*"))\."
fi
