#!/usr/bin/env bash
# Whether two builds of rhoam write the same bytes: scripts/same_output.sh BEFORE AFTER [FOLDER]
# BEFORE and AFTER are programs. Each runs the commands below in a folder of its own under FOLDER (default: a temporary
# one); then every file and all that was printed is compared, without times and versions. What BEFORE wrote into FOLDER
# is used again. Exit 1 when something differs.
set -uo pipefail
before=$(realpath "$1") after=$(realpath "$2")
place=$(realpath -m "${3:-$(mktemp -d)}")

# NAME COMMAND: one runs in the folder NAME and may read what those above have written.
commands() {
  sed -e '/^#/d' -e '/^$/d' <<'LIST'
# Training: every algorithm, world, network option and kind of ρ
ppo            train CartPole-v1 --steps 20000 --eval-episodes 20 --out run --introspect-every 5000
a2c            train CartPole-v1 --algo a2c --steps 10000 --eval-episodes 5 --out run --seed 3
reinforce      train CartPole-v1 --algo reinforce --steps 10000 --eval-episodes 5 --out run --normalize-observation
lander         train LunarLander-v3 --steps 16384 --eval-episodes 2 --eval-every 8192 --out run
continuous     train LunarLanderContinuous-v3 --steps 8192 --eval-episodes 2 --eval-every 0 --out run --normalize-reward
bandit         train DriftBandit-v0 --steps 4000 --out run --json
tracking       train TrackingTarget-v0 --steps 4000 --out run --json --rho learn
network        train CartPole-v1 --steps 6000 --eval-episodes 5 --activation relu --head-bias=false --out run
layer-norm     train CartPole-v1 --steps 6000 --eval-episodes 5 --layer-norm --hidden 32,16 --out run
adamw          train CartPole-v1 --steps 6000 --eval-episodes 5 --optimizer adamw --weight-decay 0.01 --out run
dialect        train CartPole-v1 --steps 6000 --eval-episodes 5 --dialect tf1 --momentum 0.5 --out run
auto           train CartPole-v1 --steps 6000 --eval-episodes 5 --rho auto --out run
centered       train CartPole-v1 --steps 6000 --eval-episodes 5 --centered true --lr cosine:from=0.003,to=0.0001 --out run
target-kl      train LunarLander-v3 --steps 8192 --eval-episodes 1 --eval-every 0 --target-kl 0.003 --actor.rho half-life:2000steps --out run
# Changing worlds
drift          train CartPole-v1 --steps 10000 --eval-episodes 5 --drift gravity:sine:period=4000,low=5,high=15 --rho match --out run
telegraph      train CartPole-v1 --steps 10000 --eval-episodes 5 --drift action-flip:telegraph:dwell=40updates --rho match:optimal --on-change reset --out run
perturbed      train CartPole-v1 --steps 6000 --eval-episodes 5 --param action-delay=1 --param observation-noise=0.01 --drift advantage-scale:ou:tau=100updates,amplitude=1 --out run
wind           train LunarLander-v3 --steps 4096 --eval-episodes 1 --eval-every 0 --drift enable_wind:square:dwell=1000,low=0,high=1 --out run
# What follows a training
resume         train --resume ../ppo/run --steps 24000
from           train --from ../a2c/run --steps 2000 --eval-episodes 2 --out run
eval           eval ../ppo/run --episodes 20 --json
eval-sampled   eval ../lander/run --episodes 3 --checkpoint last --stochastic
inspect        inspect ../drift/run
inspect-json   inspect ../ppo/run --json
replay         watch ../ppo/run --record film.replay --episodes 2 --json
replay-played  watch ../replay/film.replay --record frames/%05d.png --speed 8
frames         watch ../ppo/run --record frames/%05d.png --episodes 1 --speed 8 --charts on
lander-frames  watch ../lander/run --record frames/%05d.png --episodes 1 --speed 16 --theme gym
light-frames   watch CartPole-v1 --record frames/%05d.png --episodes 1 --theme light --seed 4
ghosts         watch ../ppo/run ../a2c/run --ghosts --record frames/%05d.png --episodes 1 --speed 16
side-by-side   watch ../drift/run ../ppo/run --record frames/%05d.png --episodes 1 --speed 16 --no-overlays
story          watch ../ppo/run --story --record frames/%05d.png --speed 16
# Comparing
rho            compare DriftBandit-v0 --rho 0.9,0.99,0.999 --seeds 4 --tuning-seeds 2 --steps 2000 --out it
gamma          compare CartPole-v1 --axis gamma=0.5,0.99 --seeds 3 --tune none --steps 3000 --out it
two-axes       compare CartPole-v1 --rho 0.9,0.99 --axis lr=0.001,0.01 --seeds 3 --tune none --steps 3000 --out it
drifts         compare CartPole-v1 --rho 0.99,match,match:optimal,auto --drift action-flip:square:dwell=30updates --seeds 3 --tuning-seeds 1 --steps 6000 --oracle --out it
schedules      compare CartPole-v1 --rho 0.9,0.99 --tune "lr=linear:from=0.01,to=0.001;linear:from=0.01,to=0.0001" --seeds 3 --tuning-seeds 1 --steps 3000 --out it
param-axis     compare CartPole-v1 --axis "param=length=0.5;length=1" --rho 0.9,0.99 --seeds 3 --tune none --steps 3000 --out it --json
every-rate     compare TrackingTarget-v0 --rho 0.9,0.99 --seeds 3 --tuning-seeds 1 --steps 2000 --every-rate --out it
tracking-axes  compare TrackingTarget-v0 --axis "drift=reward-scale:square:dwell=20updates,amplitude=1;reward-scale:square:dwell=80updates,amplitude=1" --rho 0.9,match --seeds 3 --tune none --steps 2000 --out it
shards         compare DriftBandit-v0 --rho 0.9,0.99 --seeds 3 --tuning-seeds 1 --steps 1000 --shard 0/2 --out it
shards-end     compare DriftBandit-v0 --rho 0.9,0.99 --seeds 3 --tuning-seeds 1 --steps 1000 --shard 1/2 --out ../shards/it
report         report ../rho/it --json
report-runs    report ../tracking/out
show           compare --suite cartpole-flip --show
# The laboratory
lab            lab --all --json --csv csv --svg svg
lab-one        lab canyon --help
# What is printed
list           list
list-json      list --json
help           --help
help-train     train CartPole-v1 --help
help-drift     train CartPole-v1 --drift gravity:sine:period=100,low=5,high=15 --help
help-compare   compare --help
help-watch     watch --help
# Errors
no-env         train CartPol-v1
no-option      train CartPole-v1 --learning-rat 3
bad-rho        train CartPole-v1 --rho 1.5
bad-drift      train CartPole-v1 --drift gravity:sin:period=3
no-match       train CartPole-v1 --rho match --drift gravity:steps:at=10,values=9/10
bad-run        eval nowhere
bad-axis       compare CartPole-v1 --axis gama=0.9,0.99
LIST
}

# Times, speeds and versions become "-".
normalise() {
  local number='[0-9][0-9.]*(e[+-]?[0-9]+)?[kM]?'
  find "$1" \( -name manifest.json -o -name 'events.*' -o -name '*.lock' \) -delete
  find "$1" -type l -delete
  find "$1" -name metrics.csv | while IFS= read -r log; do
    awk -F, -v OFS=, 'NR==1 {for (i=1; i<=NF; i++) drop[i] = $i ~ /^time\/(time|eval|wall)_elapsed$|^time\/fps$/}
                      NR>1 {for (i=1; i<=NF; i++) if (drop[i]) $i = "-"} {print}' "$log" >"$log.new" && mv "$log.new" "$log"
  done
  find "$1" -type f \( -name out -o -name err -o -name '*.json' -o -name results.csv -o -name 'report.*' -o -name config.ini \) -exec sed -Ei \
    -e "s/\"([a-z_]*seconds[a-z_]*|steps_per_second)\": *(null|$number)/\"\1\":-/g" \
    -e "s/$number (s|ms|minutes|steps\/s)\b/- \2/g" -e "s/[0-9]+:[0-9]+ (left|min)/- \1/g" \
    -e 's/rhoam [0-9.]+ \([0-9a-f]*[^)]*\)/rhoam -/g' -e "s|$1/||g" {} +
}

run_all() {
  local program=$1 folder=$2 name words
  while read -r name words; do
    [ -e "$folder/$name/exit" ] && continue
    mkdir -p "$folder/$name/frames"
    (cd "$folder/$name" && eval "\"$program\" $words" >out 2>err </dev/null; echo $? >exit)
  done < <(commands)
}

for side in before after; do
  [ "$side" = after ] && rm -rf "$place/after"
  [ -e "$place/$side/done" ] && continue
  run_all "${!side}" "$place/$side"
  normalise "$place/$side"
  touch "$place/$side/done"
done
diff -rq "$place/before" "$place/after" >"$place/differences"
status=$?
echo "$(commands | wc -l) commands, $(find "$place/after" -type f | wc -l) files, $(wc -l <"$place/differences") differ"
[ $status = 0 ] || sed "s|$place/||g" "$place/differences"
exit $status
