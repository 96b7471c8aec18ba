#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rhoam/core/bootstrap.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {
namespace {

/// A bootstrap of fewer values is so narrow that agreement would be chance.
constexpr std::size_t kFewestForInterval = 5;

/// The interquartile mean of one value per seed.
Row over_seeds(const std::string& what, std::span<const double> sample) {
  return {.what = what,
          .measured = core::interquartile_mean(sample),
          .interval = core::estimate_interquartile_mean(sample).interval};
}

std::string expected_text(double value, double relative) {
  if (relative < 1e-4) return fmt::format("{:.5g}", value);
  return fmt::format("{:.4g} ± {:.2g}%", value, 100 * relative);
}

}  // namespace

const char* text(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::caveat:
      return "holds with a caveat";
    case Verdict::fails:
      return "does not hold";
  }
  return "";
}

Row figure(const std::string& what, double measured) { return {.what = what, .measured = measured}; }

Row close(const std::string& what, double measured, double expected, double relative) {
  const double slack = relative * std::abs(expected);
  return {.what = what,
          .measured = measured,
          .expected = expected_text(expected, relative),
          .agrees = std::abs(measured - expected) <= slack};
}

Row near(const std::string& what, double measured, double expected, double slack) {
  return {.what = what,
          .measured = measured,
          .expected = expected_text(expected, 0),
          .agrees = std::abs(measured - expected) <= slack};
}

Row between(const std::string& what, double measured, double low, double high) {
  return {.what = what,
          .measured = measured,
          .expected = fmt::format("{:.4g} … {:.4g}", low, high),
          .agrees = low <= measured && measured <= high};
}

Row below(const std::string& what, double measured, double limit) {
  return {.what = what,
          .measured = measured,
          .expected = fmt::format("< {:.4g}", limit),
          .agrees = measured < limit};
}

Row above(const std::string& what, double measured, double limit) {
  return {.what = what,
          .measured = measured,
          .expected = fmt::format("> {:.4g}", limit),
          .agrees = measured > limit};
}

Row sampled(const std::string& what, std::span<const double> sample) { return over_seeds(what, sample); }

Row sampled(const std::string& what, std::span<const double> sample, double expected, double relative) {
  Row row = over_seeds(what, sample);
  if (sample.size() < kFewestForInterval) return row;
  const double slack = relative * std::abs(expected);
  row.expected = expected_text(expected, relative);
  row.agrees = row.interval->low - slack <= expected && expected <= row.interval->high + slack;
  return row;
}

bool Report::all_agree() const {
  return std::ranges::all_of(rows, [](const Row& row) { return row.agrees; });
}

}  // namespace rhoam::lab
