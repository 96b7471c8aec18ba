#!/usr/bin/env bash
# Fuzzes what reads files and words from outside (tests/fuzz/README.md): scripts/fuzz.sh [SECONDS | --runs N] [TARGET...]
# gives each target, all unless some are named, so many seconds (30) or executions. Exit 1 when one has a finding, and
# 0 without a run where clang cannot be had.
source "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/setup.sh"
limit=-max_total_time=30
case "${1:-}" in
  --runs) limit=-runs=${2:?"--runs needs a number"}; shift 2 ;;
  [0-9]*) limit=-max_total_time=$1; shift ;;
esac
use_preset asan
mkdir -p "$build"
install_clang || { say "goes on without fuzzing"; exit 0; }

say "building the fuzz targets in build/asan (the first time takes some minutes)"
(cd "$root" && cmake --preset asan && cmake --build --preset fuzz) >"$build/fuzz.log" 2>&1 || {
  grep -A40 -m1 -E '^FAILED|^CMake Error|^ninja: error' "$build/fuzz.log" >&2 || tail -40 "$build/fuzz.log" >&2
  fail "the build failed; see $build/fuzz.log"
}
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(cd "$build/bin" && ls -d fuzz_* | sed 's/^fuzz_//' | grep -v '^seeds$')
printf '%s\n' "${targets[@]}" | xargs -P "$(nproc)" -I{} "$root/tests/fuzz/run.sh" "$build" {} "$limit"
