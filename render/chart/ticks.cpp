#include "rhoam/render/chart/ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>

namespace rhoam::render {
namespace {

constexpr double kSlack = 1e-6;   // for rounding errors
constexpr double kNearly = 1e-3;  // a narrow extent far from zero loses digits of its width
// With fewer steps an extent around zero could never end at multiples of its step.
constexpr int kFewest = 3;

/// Rounding error that a quotient far from zero may have.
double slack(double x) { return std::max(kSlack, 1e-15 * std::abs(x)); }
double whole_above(double x) { return std::ceil(x - slack(x)); }
double whole_below(double x) { return std::floor(x + slack(x)); }

/// Roughly the smallest step of 1, 2 or 5 times a power of ten with which at most `max_count` steps cover the
/// width.
double round_step(double width, int max_count) {
  const double rough = width / max_count, power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double times : {1, 2, 5})
    if (times * power >= rough * (1 - kNearly)) return times * power;
  return 10 * power;
}

Ticks linear_ticks(const Extent& extent, int max_count) {
  const double step = round_step(extent.width(), max_count);
  std::vector<double> values;
  for (double i = whole_above(extent.low / step); i <= whole_below(extent.high / step); ++i)
    values.push_back(i * step);
  const auto labels = linear_labels(values, step);
  Ticks ticks;
  for (std::size_t i = 0; i < values.size(); ++i) ticks.labelled.push_back({values[i], labels[i]});
  return ticks;
}

bool contains(const Extent& extent, double at) {
  return extent.low - kSlack <= at && at <= extent.high + kSlack;
}

/// The given multiples of every power of ten that lie within the extent.
std::vector<Decimal> multiples(const Extent& extent, std::initializer_list<int> times) {
  std::vector<Decimal> all;
  for (int power = static_cast<int>(std::floor(extent.low - kSlack)); power <= extent.high + kSlack; ++power)
    for (const int digit : times)
      if (const Decimal decimal{digit, power}; contains(extent, decimal.coordinate())) all.push_back(decimal);
  return all;
}

/// Every n-th power of ten, so that there are at most `max_count`.
std::vector<Decimal> spaced_powers(const std::vector<Decimal>& powers, int max_count) {
  const double span = powers.back().power - powers.front().power;
  const int every = std::max(1, static_cast<int>(std::ceil(round_step(std::max(span, 1.0), max_count))));
  std::vector<Decimal> chosen;
  for (const auto& decimal : powers)
    if (decimal.power % every == 0) chosen.push_back(decimal);
  return chosen;
}

Ticks log_ticks(const Extent& extent, int max_count) {
  const auto powers = multiples(extent, {1}), fine = multiples(extent, {1, 2, 5});
  const bool label_fine = powers.size() < 3 && (powers.size() < 2 || std::ssize(fine) <= max_count);
  const auto chosen = label_fine ? fine : spaced_powers(powers, max_count);
  const auto labels = log_labels(chosen);
  Ticks ticks;
  for (std::size_t i = 0; i < chosen.size(); ++i)
    ticks.labelled.push_back({chosen[i].coordinate(), labels[i]});
  const bool every_power = label_fine || chosen.size() == powers.size();
  constexpr std::size_t kMostPowers = 40;
  if (every_power || powers.size() < kMostPowers)
    for (const auto& decimal : every_power ? multiples(extent, {1, 2, 3, 4, 5, 6, 7, 8, 9}) : powers)
      ticks.minor.push_back(decimal.coordinate());
  return ticks;
}

/// The nearest coordinate of 1, 2 or 5 times a power of ten at or below (direction −1), at or above (+1).
double round_decimal(double at, int direction) {
  const auto near = multiples({std::floor(at) - 1, std::ceil(at) + 1}, {1, 2, 5});
  double best = direction < 0 ? near.front().coordinate() : near.back().coordinate();
  for (const auto& decimal : near)
    if (const double c = decimal.coordinate();
        direction * (c - at) >= -kSlack && std::abs(c - at) < std::abs(best - at))
      best = c;
  return best;
}

}  // namespace

Ticks make_ticks(const Extent& extent, bool log, int max_count) {
  max_count = std::max(max_count, kFewest);
  return log ? log_ticks(extent, max_count) : linear_ticks(extent, max_count);
}

Extent rounded(const Extent& extent, bool log, int max_count) {
  if (log) return {round_decimal(extent.low, -1), round_decimal(extent.high, +1)};
  max_count = std::max(max_count, kFewest);
  double step = round_step(extent.width(), max_count), first = 0, last = 0;
  const auto end_at_multiples = [&] {
    first = whole_below(extent.low / step);
    last = whole_above(extent.high / step);
    return last - first <= max_count;
  };
  while (!end_at_multiples()) step = round_step(2 * step, 1);
  return {first * step, last * step};
}

namespace {

std::string power_of_ten(int power) {
  static constexpr const char* kRaised[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text = power < 0 ? "10⁻" : "10";
  for (const char digit : std::to_string(std::abs(power))) text += kRaised[digit - '0'];
  return text;
}

/// The integer power of ten at or below a positive value; tolerates rounding errors of log10.
int magnitude(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-9)); }

/// value/unit with enough decimals to distinguish multiples of `step`.
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
