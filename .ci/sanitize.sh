#!/usr/bin/env bash
# Runs the tests that draw nothing with OpenGL under Clang's address and undefined-behaviour sanitizers:
# .ci/sanitize.sh [ctest arguments]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

warn_where_asan_crashes
build_asan all
ctest --preset asan --parallel "$(nproc)" "$@"
