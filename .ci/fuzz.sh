#!/usr/bin/env bash
# Builds the fuzz targets with Clang and tries each for some seconds (30): .ci/fuzz.sh [SECONDS [TARGET...]]
# Tries as many at once as there are cores, begins no more after a finding, and says how to try it again. What is found
# goes into tests/fuzz/corpus/TARGET once it is mended, under a name that says what broke.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source .ci/asan.sh
seconds=${1:-30}
[ $# -eq 0 ] || shift

warn_where_asan_crashes
build_asan fuzz_targets

if [ $# -eq 0 ]; then
  for program in build/asan/tests/fuzz/fuzz_*; do
    [ ! -f "$program" ] || set -- "$@" "${program##*/fuzz_}"
  done
fi
run=$root/build/asan/fuzz  # inputs that reach new code, findings, logs
temporary=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")  # in memory: they write much
trap 'rm -rf "$temporary"' EXIT

# fuzz TARGET: tries it for so many seconds.
fuzz() {
  local target=$1 dictionary=() seeds=()
  local program=$root/build/asan/tests/fuzz/fuzz_$target
  mkdir -p "$run/found/$target" "$run/findings" "$temporary/$target"
  [ ! -f "tests/fuzz/dictionaries/$target.dict" ] || dictionary=(-dict="$root/tests/fuzz/dictionaries/$target.dict")
  [ ! -d "tests/fuzz/corpus/$target" ] || seeds+=("$root/tests/fuzz/corpus/$target")
  [[ $target != picture_* ]] || seeds+=("$root/tests/files/pictures")
  # An input may take a second of processor time, which libfuzzer.cpp counts; the timeout is of the clock on the wall,
  # for what would never end.
  if ! TMPDIR=$temporary/$target "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1500 \
    -malloc_limit_mb=256 -max_len=4096 -print_final_stats=1 -artifact_prefix="$run/findings/$target-" \
    "${dictionary[@]}" "$run/found/$target" "${seeds[@]}" >"$run/$target.log" 2>&1; then
    tail -n 40 "$run/$target.log" >&2
    echo "Fuzzing $target found a fault. To try it again: $program $(ls -t "$run/findings/$target-"* | head -1)" >&2
    return 1
  fi
  echo "$target: $(grep -E '^#[0-9]+.*(DONE|INITED)' "$run/$target.log" | tail -1)"
}
export -f fuzz
export root run temporary seconds

# xargs begins no more after a 255.
printf '%s\n' "$@" | xargs -P "$(nproc)" -I{} bash -c 'fuzz {} || exit 255'
