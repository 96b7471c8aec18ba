#!/usr/bin/env bash
# All default tests from a fresh clone: installs what is missing, builds everything, runs CTest and fuzzes every target for
# 30 seconds. Arguments go to CTest, and nothing is fuzzed then. With --preset asan, tsan or dev as the first it is the
# tests that CMakePresets.json names for that one.
source "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/scripts/setup.sh"
[ "${1:-}" = --preset ] && { use_preset "$2"; shift 2; }
if [ "$preset" = asan ]; then
  mkdir -p "$build"
  install_clang || fail "the preset asan needs clang"
fi
prepare all
for package in "chromium  opens reports" "xvfb  a display for windows"; do
  install_missing "$package (the tests that need it are skipped without)" || say "goes on without ${package%% *}"
done
cd "$root"
ctest --preset "$preset" --label-exclude '^slow$' --output-on-failure --parallel "$(nproc)" "$@"
if [ "$preset" = release ] && [ $# = 0 ]; then exec scripts/fuzz.sh 30; fi
