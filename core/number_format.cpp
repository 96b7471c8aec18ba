#include "rhoam/core/number_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/core/statistics.h"

namespace rhoam::core {
namespace {

std::string unsigned_figure(double size, int decimals) {
  if (size >= 1e6) return fmt::format("{:.0e}", size);
  return fmt::format("{:.{}f}", size, size >= 1e5 ? 0 : decimals);
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  if (!std::isfinite(value)) return "–";
  std::string text = unsigned_figure(std::abs(value), decimals);
  const bool is_zero = text.find_first_of("123456789") == std::string::npos;
  return value < 0 && !is_zero ? fmt::format("−{}", text) : text;
}

std::string grouped(std::int64_t count) {
  std::string text = fmt::format("{}", count);
  const std::size_t first = count < 0 ? 1 : 0;
  for (std::size_t end = text.size(); end > first + 3;) text.insert(end -= 3, ",");
  return count < 0 ? fmt::format("−{}", text.substr(1)) : text;
}

int decimals_on(double low, double high) {
  const double length = high - low;
  if (!std::isfinite(length)) return 2;
  if (length >= 1000) return 0;
  if (length >= 100) return 1;
  return length < 1 ? 3 : 2;
}
namespace {

constexpr int kMostDecimals = 6;

/// With a typographic minus sign, and none before a zero.
std::string with_minus(std::string text) {
  if (!text.starts_with('-')) return text;
  text.erase(0, 1);
  const bool zero = text.find_first_not_of("0.") == std::string::npos;
  return zero ? text : "−" + text;
}

}  // namespace

int decimals_for(double width) {
  constexpr double kUnits = 5;
  if (!std::isfinite(width) || width <= 0) return 2;
  return static_cast<int>(std::clamp(std::ceil(std::log10(kUnits / width)), 0.0, double{kMostDecimals}));
}

int decimals_for(std::span<const Estimate> column) {
  std::vector<double> widths;
  for (const auto& [value, interval] : column)
    if (const double width = interval.high - interval.low; std::isfinite(width)) widths.push_back(width);
  return decimals_for(median(widths));
}

std::string number_text(double value, int decimals) {
  constexpr double kLarge = 1e9;
  if (std::isnan(value)) return "–";
  if (std::isinf(value)) return value < 0 ? "−∞" : "∞";
  if (std::abs(value) >= kLarge) return with_minus(fmt::format("{:.3g}", value));
  return with_minus(fmt::format("{:.{}f}", value, decimals));
}

std::string rounded_text(double value) {
  if (!std::isfinite(value) || value == 0) return number_text(value, 0);
  const double decimals = 2 - std::floor(std::log10(std::abs(value)));
  std::string text = number_text(value, static_cast<int>(std::clamp(decimals, 0.0, double{kMostDecimals})));
  if (text.find('.') != std::string::npos && text.find('e') == std::string::npos)
    text.erase(text.find_last_not_of(text.ends_with('.') ? "." : "0") + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string estimate_text(const Estimate& estimate, int decimals) {
  const auto& [value, interval] = estimate;
  const std::string text = number_text(value, decimals);
  if (std::isnan(value) || std::isnan(interval.low) || std::isnan(interval.high)) return text;
  return fmt::format("{} [{}, {}]", text, number_text(interval.low, decimals),
                     number_text(interval.high, decimals));
}

std::string counted(std::size_t count, const std::string& singular) {
  return fmt::format("{} {}{}", count, singular, count == 1 ? "" : "s");
}

std::string p_text(double p) {
  constexpr double kSmall = 0.001;
  return p < kSmall ? "<0.001" : number_text(p, 3);
}

}  // namespace rhoam::core
