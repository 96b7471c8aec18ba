#pragma once
#include <cstdio>

namespace rhoam::core {

/// How many columns a text for `out` may take: what the environment's COLUMNS says, else the width of the
/// terminal, else `otherwise`; 10 … 1000.
int columns_of(std::FILE* out, int otherwise);

}  // namespace rhoam::core
