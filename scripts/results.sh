#!/usr/bin/env bash
# The rows of README's table of results: scripts/results.sh SEEDS ENV [options of train]
# trains seeds 100 … 99+SEEDS (from another one on: FIRST=200), which no tuning has used, one after the other, and prints
# one row of Markdown: what `rhoam report` makes of them.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
[ $# -ge 2 ] || { echo "usage: scripts/results.sh SEEDS ENV [options of train]" >&2; exit 2; }
seeds=$1
shift
rhoam=$root/build/release/bin/rhoam
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
first=${FIRST:-100}
for ((seed = first; seed < first + seeds; seed++)); do
  "$rhoam" train "$@" --seed "$seed" --quiet --json --out "$runs/$seed" | tail -1 >> "$runs/trainings.jsonl"
done
echo "| \`rhoam train $*\` $("$rhoam" report "$runs/trainings.jsonl" | tail -1)"
