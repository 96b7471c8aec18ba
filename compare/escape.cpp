#include "rhoam/compare/escape.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "rhoam/core/utf8.h"

namespace rhoam::compare {
namespace {

const char* html_entity(char c) {
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    case '\'':
      return "&#39;";
    default:
      return nullptr;
  }
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'; }

std::string file_stem(const std::string& text) {
  constexpr std::size_t kLongest = 60;
  std::string stem;
  for (const char c : text.substr(0, kLongest)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && std::isalnum(byte))
      stem += static_cast<char>(std::tolower(byte));
    else if (!stem.empty() && stem.back() != '-')
      stem += '-';
  }
  while (stem.ends_with('-')) stem.pop_back();
  return stem.empty() ? "scenario" : stem;
}

}  // namespace

std::string html(std::string_view text) {
  std::string escaped;
  for (const char c : text)
    if (const char* entity = html_entity(c))
      escaped += entity;
    else if (!is_control(c))
      escaped += c;
  return escaped;
}

std::string markdown(std::string_view text) {
  constexpr std::string_view kMeaningful = "\\`*_[]|#~$!";
  std::string escaped;
  for (const char c : core::printable(text)) {
    if (c == '&' || c == '<' || c == '>') {
      escaped += html_entity(c);
      continue;
    }
    if (kMeaningful.find(c) != std::string_view::npos) escaped += '\\';
    escaped += c;
  }
  return escaped;
}

std::string json_in_script(std::string json) {
  for (std::size_t at = 0; (at = json.find('<', at)) != std::string::npos;) json.replace(at, 1, "\\u003c");
  return json;
}

std::string fenced(std::string_view text, std::string_view language) {
  std::size_t longest = 2, run = 0;
  for (const char c : text) longest = std::max(longest, run = c == '`' ? run + 1 : 0);
  const std::string fence(longest + 1, '`');
  std::string block = fence + std::string(language) + "\n" + std::string(text);
  if (!block.ends_with('\n')) block += '\n';
  return block + fence + "\n";
}

std::vector<std::string> file_stems(const std::vector<std::string>& texts) {
  std::set<std::string> taken;
  std::vector<std::string> stems;
  for (const auto& text : texts) {
    const std::string stem = file_stem(text);
    std::string unique = stem;
    for (int i = 2; !taken.insert(unique).second; ++i) unique = stem + "-" + std::to_string(i);
    stems.push_back(unique);
  }
  return stems;
}

}  // namespace rhoam::compare
