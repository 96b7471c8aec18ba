#!/usr/bin/env bash
# The rows of README's table of results: scripts/results.sh SEEDS ENV [options of train]
# trains seeds 100 … 99+SEEDS (from another one on: FIRST=200), which no tuning has used, one after the other and prints one line of Markdown: how many were solved, the median of
# steps and training seconds until then with their range, and the interquartile mean of the final greedy evaluations
# with its 95% percentile-bootstrap interval over seeds.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
[ $# -ge 2 ] || { echo "usage: scripts/results.sh SEEDS ENV [options of train]" >&2; exit 2; }
seeds=$1
shift
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
first=${FIRST:-100}
for ((seed = first; seed < first + seeds; seed++)); do
  "$root/build/release/bin/rhoam" train "$@" --seed "$seed" --quiet --json --out "$runs/$seed" | tail -1
done | awk -v command="rhoam train $*" -v seeds="$seeds" '
  function field(name) { return match($0, "\"" name "\":[^,}]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : "null" }
  function sort(a, n,  i, j, t) { for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j] < a[j-1]; j--) { t = a[j]; a[j] = a[j-1]; a[j-1] = t } }
  function iqm(a, n,  i, w, sum) {  # a quarter of n that is not whole cuts a value in part
    sort(a, n); sum = 0
    for (i = 1; i <= n; i++) {
      w = (i < 0.75 * n ? i : 0.75 * n) - (i - 1 > 0.25 * n ? i - 1 : 0.25 * n)
      if (w > 0) sum += w * a[i]
    }
    return sum / (0.5 * n)
  }
  function median(a, n) { sort(a, n); return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2 }
  { final[NR] = field("final_eval_mean") + 0
    if (field("solved_at_steps") != "null") { solved++; steps[solved] = field("solved_at_steps") + 0; seconds[solved] = field("solved_at_seconds") + 0 } }
  END {
    n = NR; srand(1)
    if (n != seeds) { print "results.sh: a training failed" > "/dev/stderr"; exit 1 }
    for (b = 1; b <= 2000; b++) { for (i = 1; i <= n; i++) draw[i] = final[1 + int(n * rand())]; boot[b] = iqm(draw, n) }
    sort(boot, 2000)
    if (solved) until = sprintf("%d | %.3g s [%.3g, %.3g]", median(steps, solved), median(seconds, solved), seconds[1], seconds[solved])
    else until = "– | –"
    printf "| `%s` | %d | %d of %d | %s | %.1f [%.1f, %.1f] |\n", command, n, solved, n, until, iqm(final, n), boot[50], boot[1951]
  }'
