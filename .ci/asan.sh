# build_asan TARGET...: builds targets of the preset asan, and installs what that needs (Debian).
# Sourced by sanitize.sh, tidy.sh and fuzz.sh.
source .ci/packages.sh

build_asan() {
  if [ -r /etc/debian_version ]; then
    install_missing "the sanitized tests and the fuzz targets are built with Clang" \
      "${build_packages[@]}" "${runtime_packages[@]}" "${test_packages[@]}" "${clang_packages[@]}"
  fi
  cmake --preset asan >/dev/null
  cmake --build --preset asan --target "$@"
}

# Warns where sanitized programs of Clang 14 crash now and then, and says what helps.
warn_where_asan_crashes() {
  local bits
  bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 28)
  if [ "$bits" -gt 28 ]; then
    echo "vm.mmap_rnd_bits is $bits; sanitized programs may crash at their start with more than 28." \
      "As root: sysctl vm.mmap_rnd_bits=28" >&2
  fi
}
