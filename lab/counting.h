#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "rhoam/lab/experiment.h"

namespace rhoam::lab {

/// Most updates that any experiment runs with one setting.
inline constexpr std::int64_t kPatience = 5'000'000;

/// The number, from 1, of the first update after which `arrived(t)` is true; nothing within `limit`.
template <class Arrived>
std::optional<std::int64_t> updates_until(Arrived&& arrived, std::int64_t limit = kPatience) {
  for (std::int64_t t = 1; t <= limit; ++t)
    if (arrived(t)) return t;
  return std::nullopt;
}

/// Agrees when the count is `expected` rounded up, and at least 1; without a count, when `expected` lies
/// beyond the limit. `slack` is how many updates early or late are accepted.
Row counted(const std::string& what, std::optional<std::int64_t> count, double expected, double slack = 0,
            std::int64_t limit = kPatience);

}  // namespace rhoam::lab
