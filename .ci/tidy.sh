#!/usr/bin/env bash
# Runs clang-tidy with the checks of .clang-tidy: .ci/tidy.sh [--all | FILE...], else over the sources of every folder of
# engine and app that changed since the commit in .ci/tidied, at which --all was clean. A source is a matter of seconds,
# all of them a third of an hour on two cores. Where that commit is not there (a shallow clone) or .clang-tidy is another,
# all are.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source .ci/asan.sh

# changed_folders COMMIT: the folders of engine and app whose sources or headers changed since.
changed_folders() {
  git diff --name-only "$1" -- 'app/*.cpp' 'app/*.h' 'engine/*.cpp' 'engine/*.h' | xargs -r -n1 dirname | sort -u
}

# sources_of FOLDER...: what is compiled in just these folders.
sources_of() {
  local folder
  for folder in "$@"; do
    git ls-files ":(glob)$folder/*.cpp"
  done
}

# How Clang compiles each file, and what is generated for it.
build_asan glad_gl glad_egl
if ! clang-tidy --version | grep -q 'version 14\.'; then
  echo "clang-tidy: not run; .clang-tidy is written for version 14, Debian 12's, and others find other things"
  exit
fi
tidied=$(<.ci/tidied)
if [ "${1:-}" = --all ]; then
  mapfile -t files < <(git ls-files 'app/*.cpp' 'engine/*.cpp')
elif [ $# -gt 0 ]; then
  files=("$@")
elif git merge-base --is-ancestor "$tidied" HEAD 2>/dev/null && git diff --quiet "$tidied" -- .clang-tidy; then
  mapfile -t folders < <(changed_folders "$tidied")
  mapfile -t files < <(sources_of "${folders[@]}")
else
  mapfile -t files < <(git ls-files 'app/*.cpp' 'engine/*.cpp')
fi
# It counts the warnings that it doesn't show on standard error.
printf '%s\n' "${files[@]}" |
  xargs -r -P "$(nproc)" -n 4 clang-tidy -p build/asan --quiet 2> >(grep -v 'warnings\? generated\.$' >&2)
echo "clang-tidy: ${#files[@]} files, clean"
