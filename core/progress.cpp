#include "core/progress.h"

#include <fmt/format.h>

#include <cmath>

namespace rhoam::core {
namespace {

std::string rate(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.2f}M", per_second / 1e6);
  if (per_second >= 1e3) return fmt::format("{:.0f}k", per_second / 1e3);
  return fmt::format("{:.0f}", per_second);
}

}  // namespace

void Progress::update(std::int64_t steps, double mean_return) {
  if (!line_.due()) return;
  line_.show(line(steps, total_, static_cast<double>(steps - done_) / line_.seconds(), mean_return));
}

std::string Progress::line(std::int64_t steps, std::int64_t total, double steps_per_second,
                           double mean_return) {
  const double done = total > 0 ? static_cast<double>(steps) / static_cast<double>(total) : 1;
  auto text = fmt::format("{}/{} steps  {:.0f}%  {} steps/s", steps, total, std::floor(100 * done),
                          rate(steps_per_second));
  if (!std::isnan(mean_return)) text += fmt::format("  return {:.1f}", mean_return);
  if (steps_per_second > 0 && total > steps)
    text += "  ETA " + duration_text(static_cast<double>(total - steps) / steps_per_second);
  return text;
}

}  // namespace rhoam::core
