#include "rhoam/lab/counting.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rhoam::lab {

Row counted(const std::string& what, std::optional<std::int64_t> count, double expected, double slack,
            std::int64_t limit) {
  const double rounding = 1e-9 * std::abs(expected);  // the formula may fall on a whole number
  const double first = std::max(1.0, std::ceil(expected - rounding));
  const double last = std::max(1.0, std::ceil(expected + rounding));
  Row row{.what = what, .measured = std::numeric_limits<double>::quiet_NaN()};
  row.expected = slack > 0 ? fmt::format("{:.0f} ± {:g}", first, slack) : fmt::format("{:.0f}", first);
  if (count) {
    row.measured = static_cast<double>(*count);
    row.agrees = first - slack <= row.measured && row.measured <= last + slack;
  } else {
    row.what += fmt::format(" (not within {})", limit);
    row.agrees = last + slack > static_cast<double>(limit);
  }
  return row;
}

}  // namespace rhoam::lab
