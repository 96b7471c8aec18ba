#include "rhoam/core/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <numeric>

#include "rhoam/core/utf8.h"

namespace rhoam::core {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

}  // namespace

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos; text.remove_prefix(at + 1)) {
    parts.emplace_back(text.substr(0, at));
  }
  parts.emplace_back(text);
  return parts;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string shortened(std::string_view text) {
  std::size_t kept = 80;
  if (text.size() <= kept) return std::string(text);
  while (kept > 0 && is_continuation(text[kept])) --kept;
  return std::string(text.substr(0, kept)) + "…";
}

std::optional<bool> parse_bool(std::string text) {
  std::ranges::transform(text, text.begin(), lower);
  if (text == "true" || text == "1" || text == "yes" || text == "on") return true;
  if (text == "false" || text == "0" || text == "no" || text == "off") return false;
  return std::nullopt;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string all;
  for (const auto& part : parts) {
    if (&part != &parts.front()) all += separator;
    all += part;
  }
  return all;
}

std::optional<double> parse_double(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::string format_double(double value) {
  std::array<char, 64> buffer;
  const bool plain = std::abs(value) >= 1e-5 && std::abs(value) < 1e15;
  const auto form = plain ? std::chars_format::fixed : std::chars_format::general;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form).ptr};
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto same = [&](std::size_t p, std::size_t q) { return lower(a[p - 1]) == lower(b[q - 1]); };
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(i, j) ? 0 : 1)});
      if (i > 1 && j > 1 && same(i, j - 1) && same(i - 1, j)) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

std::string nearest(std::string_view text, std::span<const std::string> candidates) {
  constexpr std::size_t kLongest = 64;  // anything longer is not a mistyped name
  if (text.size() > kLongest) return "";
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, text.size() / 3) + 1;
  for (const auto& candidate : candidates) {
    const auto distance = edit_distance(text, candidate);
    if (distance < best_distance) best = candidate, best_distance = distance;
  }
  if (!best.empty() || text.size() < 3) return best;
  // "CartPole" for "CartPole-v1": what was typed may be only the beginning.
  const auto same = [](char a, char b) {
    return std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b));
  };
  for (const auto& candidate : candidates)
    if (candidate.size() > text.size() && std::equal(text.begin(), text.end(), candidate.begin(), same))
      return candidate;
  return best;
}

std::string did_you_mean(std::string_view text, std::span<const std::string> candidates,
                         std::string_view prefix) {
  const auto best = nearest(text, candidates);
  return best.empty() ? "" : "; did you mean '" + std::string(prefix) + best + "'?";
}

std::string paragraph(const std::string& label, std::string_view text, std::size_t column) {
  constexpr std::size_t kColumns = 100;
  const bool beside = character_count(label) + 2 <= column;
  std::string done = beside ? "" : label + "\n";
  std::string line = (beside ? label : "") + std::string(column - (beside ? character_count(label) : 0), ' ');
  bool fresh = true;
  for (const auto& word : split(text, ' ')) {
    if (!fresh && character_count(line) + 1 + character_count(word) > kColumns) {
      done += line + "\n";
      line = std::string(column, ' ');
      fresh = true;
    }
    line += (fresh ? "" : " ") + word;
    fresh = false;
  }
  return done + line + "\n";
}

}  // namespace rhoam::core
