#include "rhoam/tests/golden/golden_windows.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace rhoam::golden {

void Windows::judge(const std::string& window, double error, double tolerance) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double fraction = error == 0 ? 0 : error / tolerance;
  if (!(fraction >= 0)) fraction = kInfinity;
  const auto known = std::ranges::find(windows_, window, &Window::name);
  if (known == windows_.end())
    windows_.push_back({window, fraction});
  else
    known->worst = std::max(known->worst, fraction);
}

FileReport Windows::report(const std::string& what) const {
  std::string line = what;
  const char* separator = "; ";
  for (const auto& [name, worst] : windows_) {
    line += fmt::format("{}{} {:.2g}", separator, name, worst);
    separator = ", ";
  }
  for (const auto& note : notes_) line += "; " + note;
  const bool within = std::ranges::all_of(windows_, [](const Window& window) { return window.worst <= 1; });
  return {.ok = within && !windows_.empty(), .line = line};
}

}  // namespace rhoam::golden
