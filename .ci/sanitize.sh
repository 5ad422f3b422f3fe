#!/usr/bin/env bash
# Runs tests under Clang's address and undefined-behaviour sanitizers: .ci/sanitize.sh [PROGRAM...], else those of the
# rooms that read strangers' files, compute and hold the state. The others take long, or draw with OpenGL, whose driver
# keeps memory: by hand, like .ci/sanitize.sh app_tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

programs=(core_tests color_tests explain_tests kernel_info_tests learning_tests ops_tests
  scene_tests files_tests session_tests lesson_tests state_tests ui_tests)
[ $# -eq 0 ] || programs=("$@")
warn_where_asan_crashes
build_asan "${programs[@]}"
ctest --preset asan --parallel "$(nproc)" -R "^($(IFS='|'; echo "${programs[*]}"))\."
