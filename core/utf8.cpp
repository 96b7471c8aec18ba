#include "rhoam/core/utf8.h"

#include <algorithm>
#include <bit>
#include <cstdint>

namespace rhoam::core {
namespace {

/// Bytes of a character with this first byte; 0 for a byte that begins none.
std::size_t announced_length(char first) {
  const int ones = std::countl_one(static_cast<std::uint8_t>(first));
  if (ones == 0) return 1;
  return ones == 1 || ones > 4 ? 0 : static_cast<std::size_t>(ones);
}

/// Whether it is a Unicode character, not a surrogate or a noncharacter.
bool is_character(std::uint32_t code) {
  return code < 0x110000 && (code & 0xFFFFF800) != 0xD800 && (code & 0xFFFE) != 0xFFFE &&
         !(0xFDD0 <= code && code <= 0xFDEF);
}

/// Bytes of the character that the text begins with; 0 when it begins with none.
std::size_t character_length(std::string_view text) {
  const std::size_t length = announced_length(text[0]);
  if (length <= 1) return length;
  if (text.size() < length || !std::ranges::all_of(text.substr(1, length - 1), is_continuation)) return 0;
  std::uint32_t code = static_cast<std::uint8_t>(text[0]) & (0x7Fu >> length);
  for (const char byte : text.substr(1, length - 1)) code = code << 6 | (byte & 0x3Fu);
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  return code >= kSmallest[length] && is_character(code) ? length : 0;
}

}  // namespace

std::string printable(std::string_view text) {
  constexpr int kMostCharacters = 1000;
  std::string line;
  for (int count = 0; !text.empty() && count < kMostCharacters; ++count) {
    const std::size_t length = character_length(text);
    if (length == 0)
      line += "\uFFFD";
    else if (is_control(text[0]))
      line += ' ';
    else
      line += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return line;
}

std::size_t prefix_bytes(std::string_view text, std::size_t characters) {
  std::size_t bytes = 0;
  for (; bytes < text.size(); ++bytes)
    if (!is_continuation(text[bytes]) && characters-- == 0) break;
  return bytes;
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return !is_continuation(byte); }));
}

}  // namespace rhoam::core
