#include "apps/compare/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace rhoam::compare {
namespace {

constexpr int kMostDecimals = 6;

/// With the minus sign of print, and none before a zero.
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
  return decimals_for(core::median(widths));
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

}  // namespace rhoam::compare
