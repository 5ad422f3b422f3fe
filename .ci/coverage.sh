#!/usr/bin/env bash
# Prints the line coverage of each room: builds the preset `coverage`, runs its tests, adds up gcov's figures.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

cmake --preset coverage
cmake --build --preset coverage
find build/coverage -name '*.gcda' -delete
ctest --preset coverage --parallel "$(nproc)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$PWD
(cd "$work" && find "$root/build/coverage" -name '*.gcda' -print0 |
  xargs -0 -n 40 gcov --json-format --source-prefix "$root" --relative-only >/dev/null)
.ci/coverage.py "$work"
