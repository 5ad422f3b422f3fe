#!/usr/bin/env bash
# Prints the line coverage of each room, and of the rooms that are named the lines that no test ran:
# .ci/coverage.sh [ROOM...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
# Programs that are killed leave counts that are half written.
ctest --preset coverage --parallel "$(nproc)" -E '^kill_tests\.' ||
  echo "Some tests failed; what they ran is counted all the same." >&2
.ci/coverage.py build/coverage "$@"
