#!/usr/bin/env bash
# includes.sh ROOT: exits 1 when a folder includes sideways or upwards, when a third-party header stands where it does
# not belong, or when a file is longer than 400 lines.
cd "$1" || exit 2
folders=(core optim envs agents training render compare watch lab deploy bench apps)
status=0

# complain RULE: prints every line of standard input with the rule that it breaks.
complain() { while IFS= read -r line; do echo "$1: $line"; status=1; done; }

# includes PATTERN FOLDER...: file:line:text of the include directives that match.
includes() { grep -rnE --include='*.h' --include='*.cpp' "^ *# *include *$1" "${@:2}" 2>/dev/null; }

# layer FOLDER ALLOWED: the folder's own headers and those of the folders below it.
layer() {
  complain "$1/ may include only $2" < <(includes '"' "$1" | grep -vE "include *\"(rhoam/($2)/|core/git_hash)")
}

# fence PATTERN PLACE RULE: such headers only in files that match PLACE.
fence() { complain "$3" < <(includes "$1" "${folders[@]}" | grep -vE "^($2)"); }

layer core            'core'
layer optim           'core|optim'
layer envs            'core|envs'
layer agents          'core|optim|envs|agents'
layer training        'core|optim|envs|agents|training'
layer render/canvas   'core|render/canvas'
layer render/chart    'core|render/canvas|render/chart'
layer render/scene    'core|envs|render/canvas|render/chart|render/scene'
layer render/window   'core|render/canvas|render/scene|render/window'
layer render/video    'core|render/canvas|render/video'
layer compare         'core|optim|envs|agents|training|render/canvas|render/chart|compare'
layer watch           'core|optim|envs|agents|training|render|watch'
layer lab             'core|optim|envs|agents|render/canvas|render/chart|lab'
layer deploy          'core|deploy'
layer bench           'core|optim|envs|agents|render|bench'
layer apps            'core|optim|envs|agents|training|render|compare|watch|lab|bench|apps'
fence '[<"](torch|ATen|c10)/'   '(agents|optim|bench)/torch_'  'LibTorch belongs to torch_* of agents/, optim/ and bench/'
fence '[<"](SFML/|X11/|GL/)'    'render/window/'         'SFML, Xlib and OpenGL belong to render/window/'
fence '[<"]cairo'               'render/(canvas|window)/|bench/'      'Cairo belongs to render/canvas/'
fence '[<"]box2d/'              'envs/box2d/'            'Box2D belongs to envs/box2d/'
fence '[<"]boost/program_opt'   'core/options\.cpp'      'Boost.Program_options belongs to core/options.cpp'
complain 'longer than 400 lines' < <(find "${folders[@]}" tests \( -name '*.h' -o -name '*.cpp' \) -exec wc -l {} + 2>/dev/null |
  awk '$1 > 400 && $2 != "total" {print $2 " (" $1 ")"}')
exit $status
