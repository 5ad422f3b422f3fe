#!/usr/bin/env bash
# Runs tests under Clang's address and undefined-behaviour sanitizers: .ci/sanitize.sh [PROGRAM...], else those of the
# rooms that read strangers' files, compute and hold the state. "all" are all that don't draw with OpenGL, whose driver
# keeps memory; the others of them take long.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

programs=(core_tests color_tests explain_tests kernel_info_tests learning_tests ops_tests scene_tests files_tests
  session_tests lesson_tests state_tests look_tests export_tests cli_tests platform_tests ui_tests)
[ $# -eq 0 ] || programs=("$@")
warn_where_asan_crashes
if [ "${programs[*]}" = all ]; then
  build_asan tests_without_opengl
  ctest --preset asan --parallel "$(nproc)" -R '_tests?\.' -LE opengl
else
  build_asan "${programs[@]}"
  ctest --preset asan --parallel "$(nproc)" -R "^($(IFS='|'; echo "${programs[*]}"))\."
fi
