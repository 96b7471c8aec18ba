#!/usr/bin/env bash
# mirror.sh ROOT: exits 1 when a test is not where its unit is, or a unit has none: tests/<folder>/<unit>[_<aspect>]_test.cpp
# tests <folder>/<unit>. tests/apps/ runs programs, tests/torch/ and tests/golden/ need what others have not.
cd "$1" || exit 2
# What holds for several units of a folder.
whole='agents/contract compare/consistency core/coverage envs/contract envs/scene envs/state_contract envs/watched_contract
lab/contract optim/golden optim/memory_stages optim/step_bounds render/golden_frames watch/agreement'

# Units whose tests have other names: those of programs, contracts over registries, and of the units that use them.
elsewhere='
tests/apps       training/checkpoint training/drift_log training/optimizer_metrics training/resume training/solved
                 training/start_from training/trainer training/training_config training/unused_options training/world
                 compare/collect compare/comparison compare/episode_stats compare/runner compare/suites
                 compare/training_table compare/trial_store watch/film watch/session core/build_info core/tensorboard
                 core/status_line core/options_text
tests/agents     agents/a2c agents/config agents/dense_kernels agents/networks agents/ppo agents/registry agents/reinforce
                 agents/streams
tests/torch      agents/torch_mlp agents/torch_network optim/torch_group optim/torch_optimizer
tests/compare    compare/best_setting compare/conclusion compare/report_markdown compare/table_text
tests/core       core/control_groups core/crc32c core/options_types core/process core/range core/safetensors_header
                 core/schedule_kinds core/tensors
tests/envs       envs/box2d/lander_heuristic envs/box2d/lander_scene envs/box2d/lander_world envs/cartpole_scene envs/drift
                 envs/drift_bandit_scene envs/params envs/registry envs/tracking_target_scene envs/vector_env
tests/optim      optim/dialects optim/hyper optim/linear optim/scale_by_adagrad optim/scale_by_adam
tests/render     render/canvas/cairo render/canvas/canvas render/canvas/color render/chart/chart_panel render/scene/popups
                 render/video/ffmpeg render/window/x11_display
tests/watch      watch/controller watch/key_bindings watch/player watch/training_charts'
status=0
while IFS= read -r file; do
  name=${file#tests/} name=${name%_test.cpp} unit=$name
  [[ " ${whole//$'\n'/ } " == *" $name "* ]] && continue
  until [ -e "$unit.h" ] || [ -e "$unit.cpp" ]; do
    shorter=${unit%_*}
    if [ "$shorter" = "$unit" ] || [ "${shorter%/*}" != "${unit%/*}" ]; then
      echo "$file: there is no unit $name"
      status=1
      break
    fi
    unit=$shorter
  done
done < <(find tests -name '*_test.cpp' -not -path 'tests/apps/*' -not -path 'tests/torch/*' -not -path 'tests/golden/*' | sort)

while IFS= read -r file; do
  unit=${file%.cpp}
  tested=no listed=no
  compgen -G "tests/${unit}_test.cpp" >/dev/null && tested=yes
  compgen -G "tests/${unit}_*_test.cpp" >/dev/null && tested=yes
  [[ " ${elsewhere//$'\n'/ } " == *" $unit "* ]] && listed=yes
  [ $tested = $listed ] || continue
  [ $tested = no ] && echo "$file: there is no test tests/${unit}_test.cpp" || echo "$file: has a test of its own by now"
  status=1
done < <(find core optim envs agents training render compare watch -name '*.cpp' 2>/dev/null | sort)
exit $status
