#!/usr/bin/env bash
# mirror.sh ROOT: exits 1 when a test is not where its unit is: tests/<folder>/<unit>[_<aspect>]_test.cpp tests
# <folder>/<unit>. tests/apps/ runs programs, tests/torch/ and tests/golden/ need what others have not.
cd "$1" || exit 2
# What holds for several units of a folder.
whole='agents/contract compare/consistency core/coverage envs/contract envs/scene envs/state_contract envs/watched_contract
lab/contract optim/golden optim/memory_stages optim/step_bounds render/golden_frames watch/agreement'
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
exit $status
