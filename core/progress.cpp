#include "rhoam/core/progress.h"

#include <fmt/format.h>

#include <cmath>

namespace rhoam::core {

std::string rate_text(double per_second) {
  if (per_second >= 1e6) return fmt::format("{:.2f}M", per_second / 1e6);
  if (per_second >= 1e3) return fmt::format("{:.0f}k", per_second / 1e3);
  return fmt::format("{:.0f}", per_second);
}

void Progress::update(std::int64_t steps, double steps_per_second, double mean_return) {
  if (!line_.due()) return;
  const double seconds_per_step = line_.seconds() / static_cast<double>(steps - done_);
  line_.show(line(steps, total_, steps_per_second, mean_return,
                  seconds_per_step * static_cast<double>(total_ - steps)));
}

std::string Progress::line(std::int64_t steps, std::int64_t total, double steps_per_second,
                           double mean_return, double seconds_left) {
  const double done = total > 0 ? static_cast<double>(steps) / static_cast<double>(total) : 1;
  auto text = fmt::format("{}/{} steps  {:.0f}%  {} steps/s", steps, total, std::floor(100 * done),
                          rate_text(steps_per_second));
  if (!std::isnan(mean_return)) text += fmt::format("  return {:.1f}", mean_return);
  if (seconds_left > 0 && std::isfinite(seconds_left)) text += "  ETA " + duration_text(seconds_left);
  return text;
}

}  // namespace rhoam::core
