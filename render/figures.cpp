#include "render/figures.h"

#include <fmt/format.h>

#include <cmath>

namespace rhoam::render {
namespace {

std::string unsigned_figure(double size, int decimals) {
  if (size >= 1e6) return fmt::format("{:.0e}", size);
  return fmt::format("{:.{}f}", size, size >= 1e5 ? 0 : decimals);
}

}  // namespace

std::string figure(double value, int decimals) {
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

}  // namespace rhoam::render
