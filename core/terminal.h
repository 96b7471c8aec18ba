#pragma once
#include <cstdio>

namespace rhoam::core {

/// How many columns a text for `out` may take: what the environment's COLUMNS says, else the width of the
/// terminal, else `otherwise`; 10 … 1000.
int columns_of(std::FILE* out, int otherwise);

/// True when what was written to `out` can be overwritten: a terminal, and not one that TERM calls "dumb" or
/// says nothing about.
bool can_redraw(std::FILE* out);

}  // namespace rhoam::core
