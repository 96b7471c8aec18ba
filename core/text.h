#pragma once
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhoam/core/errors.h"

namespace rhoam::core {

/// The parts between separators; always at least one, possibly empty.
std::vector<std::string> split(std::string_view text, char separator);

/// The text without white space at either end.
std::string_view trim(std::string_view text);

/// The text, or the beginning of one of more than 80 bytes and "…"; no character is cut.
std::string shortened(std::string_view text);

/// "a, b, c".
std::string join(std::span<const std::string> parts, std::string_view separator = ", ");

/// Parses true, yes, on, 1 and false, no, off, 0 in any case; nothing for any other text.
std::optional<bool> parse_bool(std::string text);

/// A finite decimal number that is the whole text; nothing for nan, inf, hexadecimal, junk, overflow or
/// underflow.
std::optional<double> parse_double(std::string_view text);

/// A whole number that is the whole text and fits; "1e6" counts, since its value is whole.
template <class Integer>
std::optional<Integer> parse_integer(std::string_view text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size()) return value;
  const auto real = parse_double(text);
  constexpr double kExact = 0x1p53;  // beyond it a double no longer names one whole number
  if (!real || *real != std::floor(*real) || std::abs(*real) >= kExact) return std::nullopt;
  if (*real < static_cast<double>(std::numeric_limits<Integer>::min())) return std::nullopt;
  if (*real > static_cast<double>(std::numeric_limits<Integer>::max())) return std::nullopt;
  return static_cast<Integer>(*real);
}

/// The shortest text that parse_double reads back as the same bits; whole numbers without an exponent up to
/// 10^15.
std::string format_double(double value);

/// Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; changes of
/// letter case are free.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that a mistyped text most likely meant, or "" when none is near.
std::string nearest(std::string_view text, std::span<const std::string> candidates);

/// "; did you mean 'x'?" for the end of an error text, or "" when nothing is near.
std::string did_you_mean(std::string_view text, std::span<const std::string> candidates,
                         std::string_view prefix = "");

/// `label` and, beside it from `column` on, the text, in lines of at most 100 columns that end in a line
/// feed; the text begins on the line below when the label leaves fewer than two columns between them.
std::string paragraph(const std::string& label, std::string_view text, std::size_t column);

/// A value under the name that users type.
template <class Value>
struct Named {
  const char* name;
  Value value;
};

/// The first name of a value in a table of Named.
template <class Table, class Value>
const char* name_of(const Table& table, Value value) {
  for (const auto& row : table)
    if (row.value == value) return row.name;
  return "";
}

/// The row of this name in a table of rows with a `name`. Throws UsageError with the allowed names and the
/// nearest: "no dialect 'tf': allowed are torch, tf1, …".
template <class Table>
const auto& find_by_name(const Table& table, const std::string& kind, const std::string& name) {
  std::vector<std::string> names;
  for (const auto& row : table) {
    if (name == row.name) return row;
    names.emplace_back(row.name);
  }
  throw UsageError("no " + kind + " '" + name + "': allowed are " + join(names) + did_you_mean(name, names));
}

}  // namespace rhoam::core
