#include "render/tick_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace rhoam::render {
namespace {

std::string power_of_ten(int power) {
  static constexpr const char* kRaised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = power < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(power))) text += kRaised[digit - '0'];
  return text;
}

/// The whole power of ten at or below a positive value; forgives rounding errors of log10.
int magnitude(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-9)); }

/// value/unit with the decimals that tell multiples of `step` apart.
struct Notation {
  double unit = 1;
  std::string suffix = "";

  int decimals(double step) const { return std::max(0, -magnitude(step / unit)); }
  std::string text(double value, double step) const {
    if (value == 0) return "0";
    return fmt::format("{}{:.{}f}{}", value < 0 ? "−" : "", std::abs(value) / unit, decimals(step), suffix);
  }
};

Notation notation(double largest, double step) {
  constexpr int kManyDecimals = 4;
  if (largest >= 1e9 || (largest < 0.01 && Notation{}.decimals(step) > kManyDecimals)) {
    const int power = magnitude(largest);
    return {std::pow(10.0, power), "·" + power_of_ten(power)};
  }
  if (largest >= 1e6) return {1e6, "M"};
  if (largest >= 1e4) return {1e3, "k"};
  return {};
}

bool is_short(const Decimal& value) { return -2 <= value.power && value.power <= 3; }

std::string scientific(const Decimal& value) {
  return (value.digit == 1 ? "" : fmt::format("{}·", value.digit)) + power_of_ten(value.power);
}

std::string plain(const Decimal& value) {
  return fmt::format("{:g}", value.digit * std::pow(10.0, value.power));
}

}  // namespace

double Decimal::coordinate() const { return power + std::log10(digit); }

std::vector<std::string> linear_labels(std::span<const double> values, double step) {
  double largest = step;
  for (const double value : values) largest = std::max(largest, std::abs(value));
  const Notation style = notation(largest, step);
  std::vector<std::string> labels;
  for (const double value : values) labels.push_back(style.text(value, step));
  return labels;
}

std::vector<std::string> log_labels(std::span<const Decimal> values) {
  const auto text = std::ranges::all_of(values, is_short) ? plain : scientific;
  std::vector<std::string> labels;
  for (const auto& value : values) labels.push_back(text(value));
  return labels;
}

}  // namespace rhoam::render
