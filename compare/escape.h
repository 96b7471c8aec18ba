#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rhoam::compare {

/// Escapes text for HTML, within an element or a quoted attribute.
std::string html(std::string_view text);

/// Escapes text as one line of literal Markdown, also for a table cell.
std::string markdown(std::string_view text);

/// Escapes JSON for a script element: nothing in it ends the element.
std::string json_in_script(std::string json);

/// A fenced block of Markdown; the fence is longer than any in the text.
std::string fenced(std::string_view text, std::string_view language = "");

/// Unique file names made of a–z, 0–9 and hyphens, one per text.
std::vector<std::string> file_stems(const std::vector<std::string>& texts);

}  // namespace rhoam::compare
