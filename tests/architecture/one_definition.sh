#!/usr/bin/env bash
# one_definition.sh ROOT: exits 1 when two files of a tree define one name in one named namespace. Neither compiler nor
# linker sees two types of one name: the program then keeps the functions of one of them, for both.
# Fuzz targets are programs of one file each, which also stand in for parts of others: they are left out.
here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
cd "$1" || exit 2
find * -type d \( -path tests/fuzz -o -exec test -e {}/CMakeCache.txt \; \) -prune -o \( -name '*.h' -o -name '*.cpp' \) -print0 | sort -z |
  xargs -0 awk -f "$here/one_definition.awk"
