# shellcheck shell=bash
# Sourced by run.sh and test.sh: installs the packages that rhoam needs and builds a preset, by default release.
# Everything that it says goes to standard error, so that the output of the tool stays clean.
set -euo pipefail
root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")

use_preset() {
  preset=$1
  build=$root/build/$preset
  program=$build/bin/rhoam
  stamp=$build/run.stamp
  log=$build/setup.log
}
use_preset release

sources=(CMakeLists.txt CMakePresets.json cmake scripts core optim envs agents training render compare watch lab deploy apps
  suites tests bench examples)

packages=(
  "build-essential               the C++ compiler"
  "cmake                         the build system"
  "ninja-build                   runs the build"
  "ccache                        makes later builds fast"
  "git                           the version that manifest.json records"
  "libboost-program-options-dev  the command line"
  "libfmt-dev                    text formatting"
  "nlohmann-json3-dev            run summaries and file headers"
  "libbox2d-dev                  the physics of LunarLander"
  "pkg-config                    finds Cairo and Xlib"
  "libcairo2-dev                 paints charts and pictures"
  "fonts-dejavu-core             the letters of charts and pictures"
  "libsfml-dev                   the window of rhoam watch and rhoam play"
  "libx11-dev                    asks whether there is a display"
  "libjs-dygraphs                the plots of reports"
  "libopenblas-dev               the peer of the benchmarks"
  "libbenchmark-dev              the benchmarks"
  "libgtest-dev                  the tests"
  "libgmock-dev                  the tests"
)
torch_package="libtorch-dev                  --network torch (large; everything else works without it)"
film_package="ffmpeg                        records films (pictures as PNG files work without it)"

say() { echo "rhoam: $*" >&2; }
fail() { say "$*"; exit 1; }

command -v dpkg-query >/dev/null || fail "set-up needs Debian's dpkg and apt; elsewhere install the packages named in scripts/setup.sh and use cmake --preset release"

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# apt_install PACKAGE...: without a question; the whole output goes to the log.
apt_install() {
  { as_root apt-get update -q || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
  } >>"$log" 2>&1 </dev/null
}

# install_missing LINE...: each line a package and the reason for it. Does not call apt when nothing is missing.
install_missing() {
  local line missing=()
  for line; do
    installed "${line%% *}" && continue
    missing+=("${line%% *}")
    say "needs ${line%% *}: ${line##*  }"
  done
  [ ${#missing[@]} = 0 ] && return
  say "installing ${#missing[@]} package(s) with apt ..."
  apt_install "${missing[@]}" || { say "could not; as root run: apt-get install ${missing[*]}"; return 1; }
}

install_clang() {
  install_missing "clang            compiles for AddressSanitizer and fuzzing" "libclang-rt-dev  their libraries"
}

# Prints ON or OFF: whether the LibTorch component is built, which the release alone may have. RHOAM_TORCH=OFF in the
# environment leaves it out; a machine that could not have it is not asked again.
choose_torch() {
  if [ "${RHOAM_TORCH:-}" = OFF ] || [ "$preset" != release ]; then
    echo OFF
  elif installed libtorch-dev; then
    echo ON
  elif grep -qs '^RHOAM_TORCH:.*=OFF$' "$build/CMakeCache.txt"; then
    echo OFF
  elif install_missing "$torch_package"; then
    echo ON
  else
    say "goes on without LibTorch: --network torch will not be there"
    echo OFF
  fi
}

# changed TEST...: sources that were written, added or removed since the last build that succeeded. Their change times
# cannot be set back; those of the folders tell of files that are gone.
changed() { (cd "$root" && find "${sources[@]}" -cnewer "$stamp" "$@" 2>/dev/null) || true; }

up_to_date() {
  [ -x "$program" ] && [ -e "$stamp" ] && [ "$(cat "$stamp")" = "$root" ] && [ -z "$(changed -print -quit)" ]
}

# Ninja compares modification times, and a restored or unpacked file may bring one from the past.
renew_restored_files() { [ ! -e "$stamp" ] || changed -type f ! -newer "$stamp" -exec touch {} +; }

# On a terminal one line that counts; the output itself goes to the log.
show_progress() {
  local line
  while IFS= read -r line; do
    echo "$line" >>"$log"
    [ -t 2 ] && [[ $line == \[*/*\]* ]] && printf '\rrhoam: building %s] ' "${line%%]*}" >&2
  done
  [ -t 2 ] && printf '\r\033[K' >&2
  return 0
}

# ninja_build rhoam|all: the programs that this configuration has, or all that the preset builds.
ninja_build() {
  local programs='^bin/(rhoam|golden_check)$|^libexec/rhoam/' targets=()
  [ "$1" = all ] || mapfile -t targets < <(ninja -C "$build" -t targets all | cut -d: -f1 | grep -E "$programs")
  cmake --build --preset "$preset" ${targets:+--target "${targets[@]}"}
}

# compile rhoam|all TORCH: configures and builds; on failure shows what the compiler said.
compile() {
  grep -qs "^CMAKE_HOME_DIRECTORY:INTERNAL=$root\$" "$build/CMakeCache.txt" || rm -f "$build/CMakeCache.txt"
  say "building build/$preset (the first time takes some minutes)"
  (cd "$root" && cmake --preset "$preset" -DRHOAM_TORCH="$2" && ninja_build "$1") 2>&1 | show_progress || {
    grep -A40 -m1 -E '^FAILED|^CMake Error|^ninja: error' "$log" >&2 || tail -40 "$log" >&2
    fail "the build failed; see $log"
  }
}

# prepare rhoam|all: installs what is missing and builds the programs, or all that the preset builds.
# Safe to call from several shells.
prepare() {
  mkdir -p "$build"
  (
    flock 9
    [ "$1" != all ] && up_to_date && exit
    : >"$log"
    started=$(mktemp "$build/started.XXXXXX")
    trap 'rm -f "$started"' EXIT
    install_missing "${packages[@]}" || fail "what apt said is in $log"
    command -v ffmpeg >/dev/null || install_missing "$film_package" || say "goes on without ffmpeg"
    torch=$(choose_torch)
    renew_restored_files
    compile "$1" "$torch"
    echo "$root" >"$stamp"
    touch -r "$started" "$stamp"  # as old as the start: an edit during the build counts as newer
  ) 9>"$build/setup.lock"
}
