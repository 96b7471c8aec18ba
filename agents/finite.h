#pragma once
#include <bit>
#include <cstdint>
#include <span>

namespace rhoam::agents {

/// Whether every |x| is below 2^exponent; false for NaN and infinity. Compares bits, in a loop that the
/// compiler can vectorise.
inline bool all_below(std::span<const float> values, int exponent) {
  const std::int32_t limit = (exponent + 127) << 23;
  std::int32_t bad = 0;
  for (const float x : values) bad |= (std::bit_cast<std::int32_t>(x) & 0x7fffffff) >= limit;
  return bad == 0;
}

/// Whether no value is NaN or infinite.
inline bool all_finite(std::span<const float> values) { return all_below(values, 128); }

}  // namespace rhoam::agents
