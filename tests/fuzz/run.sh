#!/usr/bin/env bash
# Runs one fuzz target and says in a line what came of it: run.sh BUILD TARGET [libFuzzer options]
# What it finds lies in BUILD/findings; inputs that reached something new are saved in BUILD/found.
set -uo pipefail
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
build=$(realpath "$1") target=$2
shift 2
seconds=$SECONDS
found=$build/found/$target findings=$build/findings log=$build/$target.log
mkdir -p "$found" "$findings"
TMPDIR=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT

# Half of the time would go into the stacks of allocations: repeat a finding without this to see them.
export ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=16
options=(-timeout=60 -rss_limit_mb=2048 -malloc_limit_mb=256 -max_len=4096 -print_final_stats=1 -close_fd_mask=1)
[ -d "$build/seeds/$target" ] && options+=(-max_len=65536)  # what holds a network is no smaller
[ -e "$build/seeds/$target.dict" ] && options+=(-dict="$build/seeds/$target.dict")
for folder in "$build/seeds/$target" "$here/corpus/$target"; do
  [ -d "$folder" ] && corpus+=("$folder")
done

"$build/bin/fuzz_$target" "${options[@]}" -artifact_prefix="$findings/$target-" "$@" "$found" "${corpus[@]}" \
  >"$log" 2>&1
status=$?
count=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
if [ $status = 0 ]; then
  echo "$target: ${count:-0} executions in $((SECONDS - seconds)) s, no finding"
else
  input=$(sed -n 's/^.*Test unit written to //p' "$log")
  echo "$target: FINDING after ${count:-some} executions in $((SECONDS - seconds)) s"
  grep -m1 -E '^FINDING|runtime error|ERROR: |Assertion' "$log"
  echo "  the output is in $log; repeat it with"
  echo "  $build/bin/fuzz_$target $input"
fi
exit $status
