#pragma once
#include <cstdio>
#include <string>

namespace rhoam::core {

/// How many columns a text for `out` may take: what the environment's COLUMNS says, else the width of the
/// terminal, else `otherwise`; 10 … 1000.
int columns_of(std::FILE* out, int otherwise);

/// True when what was written to `out` can be overwritten: a terminal, and not one that TERM calls "dumb" or
/// says nothing about.
bool can_redraw(std::FILE* out);

/// Writes one line that begins with the program's name to standard error, whatever the text holds. Never
/// throws.
void print_error(const std::string& text);

/// The same for what goes on with less than was asked for; nothing where the text is empty.
void print_warning(const std::string& text);

}  // namespace rhoam::core
