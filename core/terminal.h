#pragma once
#include <cstdio>
#include <string>

namespace rhoam::core {

/// Columns available to text on `out`: the environment variable COLUMNS, else the width of the terminal, else
/// `otherwise`; 10 … 1000.
int columns_of(std::FILE* out, int otherwise);

/// True when text on `out` can be overwritten: on a terminal whose TERM is set and not "dumb".
bool can_redraw(std::FILE* out);

/// Writes one line that begins with the program's name to standard error, whatever the text contains. Never
/// throws.
void print_error(const std::string& text);

/// The same for a warning, when the program goes on with less than was requested; nothing for an empty text.
void print_warning(const std::string& text);

}  // namespace rhoam::core
