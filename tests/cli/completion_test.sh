#!/usr/bin/env bash
# The completion of bash, as bash calls it, and the syntax of the others: completion_test.sh CONVSCOPE
set -euo pipefail
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
: >input.npy

for shell in bash zsh fish; do
  "$program" completion "$shell" >"script.$shell"
done
bash -n script.bash
zsh -n script.zsh
fish --no-execute script.fish
# shellcheck disable=SC1091
source script.bash

# expect WORDS EXPECTED: what completes the last of the words.
expect() {
  read -r -a COMP_WORDS <<<"$1"
  [[ $1 == *' ' ]] && COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _convscope
  [ "${COMPREPLY[*]}" = "$2" ] || {
    echo "\"$1\" is completed with \"${COMPREPLY[*]}\" instead of \"$2\"" >&2
    exit 1
  }
}
expect 'convscope conv' 'conv2d conv2d-grad'
expect 'convscope --proj' '--projector'
expect 'convscope conv2d --padding' '--padding --padding-mode'
expect 'convscope conv2d --projector' ''
expect 'convscope conv2d --input in' 'input.npy'
expect 'convscope in' 'input.npy info'
expect 'convscope learn --bet' '--betas'

# Files of zsh are read as functions, and what they define is registered.
zsh -f -c 'autoload -Uz compinit; compinit -D -d "$1/dump"; source "$1/script.zsh"; [[ $_comps[convscope] == _convscope ]]' - "$folder"
# shellcheck disable=SC2016
[ "$(fish --no-config -c 'source script.fish; complete -C"convscope conv2d --padding-"' | cut -f 1)" = --padding-mode ]
