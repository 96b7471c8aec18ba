#pragma once
#include <array>
#include <limits>
#include <span>
#include <string_view>

#include "rhoam/core/schedule.h"

namespace rhoam::core {

/// Keys in the text of a schedule.
enum class ScheduleKey {
  value,
  from,
  to,
  over,
  warmup,
  low,
  high,
  center,
  amplitude,
  period,
  factor,
  phase,
  dwell,
  first,
  tau,
  exponent,
  scale,
  every,
  length,
  at,
  values,
};

/// A wait is a time, or "random": exponential with mean dwell.
enum class KeyType { number, time, wait, numbers, times };

struct KeyInfo {
  const char* name;
  KeyType type;
};

/// In the order of ScheduleKey.
inline constexpr std::array kScheduleKeys = {
    KeyInfo{"value", KeyType::number},     KeyInfo{"from", KeyType::number},
    KeyInfo{"to", KeyType::number},        KeyInfo{"over", KeyType::time},
    KeyInfo{"warmup", KeyType::time},      KeyInfo{"low", KeyType::number},
    KeyInfo{"high", KeyType::number},      KeyInfo{"center", KeyType::number},
    KeyInfo{"amplitude", KeyType::number}, KeyInfo{"period", KeyType::time},
    KeyInfo{"factor", KeyType::number},    KeyInfo{"phase", KeyType::number},
    KeyInfo{"dwell", KeyType::time},       KeyInfo{"first", KeyType::wait},
    KeyInfo{"tau", KeyType::time},         KeyInfo{"exponent", KeyType::number},
    KeyInfo{"scale", KeyType::number},     KeyInfo{"every", KeyType::time},
    KeyInfo{"length", KeyType::time},      KeyInfo{"at", KeyType::times},
    KeyInfo{"values", KeyType::numbers},
};

/// A key of a kind and its value when the text does not give one.
struct KeyUse {
  ScheduleKey key;
  double fallback;
};
inline constexpr double kRequired = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kWhole = std::numeric_limits<double>::infinity();  ///< the length of the training

/// A row of the table of kinds: a new kind is one function and one row.
struct ScheduleKind {
  const char* name;
  const char* help;
  double (*value)(ScheduleState& state, double time);
  std::span<const KeyUse> keys;
  std::optional<ScheduleKey> timescale = std::nullopt;
  bool random = false;
  bool jumps = false;  ///< constant between jumps from one of its levels to another

  bool uses(ScheduleKey key) const {
    for (const auto& use : keys) {
      if (use.key == key) return true;
    }
    return false;
  }
};

std::span<const ScheduleKind> schedule_table();

inline const KeyInfo& info(ScheduleKey key) { return kScheduleKeys[static_cast<std::size_t>(key)]; }
inline double get(const ScheduleState& state, ScheduleKey key) {
  return state.keys[static_cast<std::size_t>(key)];
}

}  // namespace rhoam::core
