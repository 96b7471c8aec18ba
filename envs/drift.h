#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/range.h"
#include "rhoam/core/schedule.h"

namespace rhoam::envs {

/// A parameter that follows a schedule.
struct Drift {
  std::string param;  ///< of the environment, of a perturbation, or kAdvantageScale
  core::Schedule schedule;

  /// As the user would type it; parse_drift reads it back.
  std::string to_string() const;
};

/// The one drift that does not change the world: the learner multiplies its whole gradient by exp(x/2), so
/// that x is a log-variance.
inline constexpr const char* kAdvantageScale = "advantage-scale";

/// A perturbation that multiplies the rewards by exp(x/2); the learner's entropy bonus follows it.
inline constexpr const char* kRewardScale = "reward-scale";

/// Allowed range of x; a schedule that goes beyond it is clamped.
inline constexpr core::Range kLogVariance{.low = -100, .high = 100};

/// True for these two, which leave the world unchanged: what drifts is a log-variance.
bool is_scale(const std::string& param);

/// Reads PARAM:SCHEDULE, such as "gravity:sine:period=50000,low=-11,high=-4". Throws UsageError with the text
/// when it is not of this form; whether the parameter exists is checked by the environment.
Drift parse_drift(const std::string& text);

/// The drifts of a training: drift i draws from stream i of Purpose::drift, so that its path depends neither
/// on the order of calls nor on other drifts. Throws UsageError.
std::vector<Drift> parse_drifts(std::span<const std::string> texts, double whole_steps, std::uint64_t seed);

}  // namespace rhoam::envs
