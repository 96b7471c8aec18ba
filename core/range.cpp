#include "rhoam/core/range.h"

#include "rhoam/core/text.h"

namespace rhoam::core {

std::string Range::text() const {
  const bool bounded_below = low > -std::numeric_limits<double>::infinity();
  const bool bounded_above = high < std::numeric_limits<double>::infinity();
  if (bounded_below && bounded_above && !low_open && !high_open)
    return format_double(low) + " … " + format_double(high);
  std::string text;
  if (bounded_below) text = (low_open ? "above " : "at least ") + format_double(low);
  if (bounded_below && bounded_above) text += ", ";
  if (bounded_above) text += (high_open ? "below " : "at most ") + format_double(high);
  return text.empty() ? "any number" : text;
}

}  // namespace rhoam::core
