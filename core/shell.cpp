#include "rhoam/core/shell.h"

#include <fmt/format.h>

#include <algorithm>

#include "rhoam/core/utf8.h"

namespace rhoam::core {
namespace {

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("_-+=:,./@%").find(c) != std::string_view::npos;
}

std::string in_quotes(std::string_view word) {
  std::string text = "'";
  for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
  return text + "'";
}

std::string with_escapes(std::string_view word) {
  std::string text;
  for (const char c : word) {
    const bool plain = is_plain(c) && c != '%';
    text += plain || static_cast<unsigned char>(c) >= 0x80 ? std::string(1, c) : fmt::format("\\{:03o}", c);
  }
  return "\"$(printf -- '" + text + "')\"";
}

}  // namespace

std::string shell_quoted(std::string_view word) {
  const bool drops = word.ends_with('\n');  // as $(…) does with line feeds at the end
  if (std::ranges::any_of(word, is_control) && !drops) return with_escapes(word);
  const bool plain = !word.empty() && word[0] != '=' && std::ranges::all_of(word, is_plain);
  return plain ? std::string(word) : in_quotes(word);
}

std::string shell_path(const std::filesystem::path& path) {
  return shell_quoted((path.string().starts_with('-') ? "./" : "") + path.string());
}

}  // namespace rhoam::core
