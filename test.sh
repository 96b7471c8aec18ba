#!/usr/bin/env bash
# All default tests from a fresh clone: installs what is missing, builds everything, runs CTest. Arguments go to CTest.
source "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/scripts/setup.sh"
prepare all
for package in "chromium  opens reports" "xvfb  a display for windows"; do
  install_missing "$package (the tests that need it are skipped without)" || say "goes on without ${package%% *}"
done
cd "$root"
exec ctest --preset release --label-exclude '^slow$' --output-on-failure --parallel "$(nproc)" "$@"
