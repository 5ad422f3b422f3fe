#!/usr/bin/env bash
# Builds the fuzz targets with Clang and tries each for some seconds (30): .ci/fuzz.sh [SECONDS [TARGET...]]
# Ends at the first finding and says how to try it again. What is found goes into tests/fuzz/corpus/TARGET once it is
# mended, under a name that says what broke.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
source .ci/packages.sh
seconds=${1:-30}
[ $# -eq 0 ] || shift

if [ -r /etc/debian_version ]; then
  install_missing "the fuzz targets are built with Clang" "${build_packages[@]}" "${test_packages[@]}" "${fuzz_packages[@]}"
fi

cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target fuzz_targets

if [ $# -eq 0 ]; then
  for program in build/fuzz/tests/fuzz/fuzz_*; do
    [ ! -f "$program" ] || set -- "$@" "${program##*/fuzz_}"
  done
fi
run=$root/build/fuzz/run  # inputs that reach new code, findings, logs
temporary=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")  # in memory: they write much
trap 'rm -rf "$temporary"' EXIT
for target in "$@"; do
  mkdir -p "$run/found/$target" "$run/findings"
  dictionary=()
  [ ! -f "tests/fuzz/dictionaries/$target.dict" ] || dictionary=(-dict="$root/tests/fuzz/dictionaries/$target.dict")
  program=$root/build/fuzz/tests/fuzz/fuzz_$target
  seeds=()
  [ ! -d "tests/fuzz/corpus/$target" ] || seeds+=("$root/tests/fuzz/corpus/$target")
  [[ $target != picture_* ]] || seeds+=("$root/tests/files/pictures")
  # An input may take a second of processor time, which libfuzzer.cpp counts; the timeout is of the clock on the wall,
  # for what would never end.
  if ! TMPDIR=$temporary "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1500 -malloc_limit_mb=256 \
    -max_len=4096 -print_final_stats=1 -artifact_prefix="$run/findings/$target-" "${dictionary[@]}" \
    "$run/found/$target" "${seeds[@]}" >"$run/$target.log" 2>&1; then
    tail -n 40 "$run/$target.log" >&2
    echo "Fuzzing $target found a fault. To try it again: $program $(ls -t "$run/findings/$target-"* | head -1)" >&2
    exit 1
  fi
  echo "$target: $(grep -E '^#[0-9]+.*(DONE|INITED)' "$run/$target.log" | tail -1)"
done
