#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rhoam::compare {

/// Text for HTML, within an element or a quoted attribute.
std::string html(std::string_view text);

/// Text as one line of Markdown that means itself, also in a cell of a table.
std::string markdown(std::string_view text);

/// JSON that may stand in a script element: nothing in it ends one.
std::string json_in_script(std::string json);

/// A fenced block of Markdown; the fence is longer than any in the text.
std::string fenced(std::string_view text, std::string_view language = "");

/// Names for files made of a–z, 0–9 and hyphens, one for each text and none twice.
std::vector<std::string> file_stems(const std::vector<std::string>& texts);

}  // namespace rhoam::compare
