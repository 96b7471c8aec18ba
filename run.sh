#!/usr/bin/env bash
# rhoam from a fresh clone: installs what is missing, builds what has changed, then trains CartPole-v1;
# with arguments it is the tool itself, working in the caller's directory: ./run.sh train LunarLander-v3
source "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/scripts/setup.sh"
up_to_date || prepare rhoam
[ $# -gt 0 ] && exec "$program" "$@"

"$program" train CartPole-v1
cat <<'NEXT'

Next:
  ./run.sh eval runs/latest                    the best checkpoint over 100 greedy episodes
  ./run.sh train LunarLander-v3                land on the moon
  ./run.sh train CartPole-v1 --rho 0.9         another memory for RMSprop
  ./run.sh list                                environments, algorithms, optimizers
  ./run.sh --help                              everything else
NEXT
