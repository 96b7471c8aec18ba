#!/usr/bin/env bash
# readme_loop.sh ROOT: exits 1 when the training loop that README.md shows is not the one in agents/train.cpp.
loop() { sed -n '/^void train(/,/^}/p' "$1"; }
[ -n "$(loop "$1/agents/train.cpp")" ] && diff <(loop "$1/README.md") <(loop "$1/agents/train.cpp")
