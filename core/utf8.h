#pragma once
#include <string>
#include <string_view>

namespace rhoam::core {

/// Whether a byte of valid UTF-8 is not the first of its character.
constexpr bool is_continuation(char byte) { return (byte & 0xC0) == 0x80; }

/// Whether a byte is a control character of ASCII.
constexpr bool is_control(char byte) { return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F; }

/// The text as one line of valid UTF-8: control characters become spaces, what is not a character becomes
/// U+FFFD, and what follows the first thousand characters is left out.
std::string printable(std::string_view text);

/// The number of bytes of the first `characters` characters of valid UTF-8.
std::size_t prefix_bytes(std::string_view text, std::size_t characters);

/// The number of characters of valid UTF-8.
std::size_t character_count(std::string_view text);

}  // namespace rhoam::core
