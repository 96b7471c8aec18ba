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

/// The one drift that is not of the world: the learner multiplies its whole gradient by exp(x/2), so that x
/// is a log-variance.
inline constexpr const char* kAdvantageScale = "advantage-scale";

/// A perturbation that multiplies the rewards by exp(x/2); the learner's entropy bonus follows it.
inline constexpr const char* kRewardScale = "reward-scale";

/// What x may be; one that wanders further is held there.
inline constexpr core::Range kLogVariance{.low = -100, .high = 100};

/// True of these two, which leave the world as it is: what drifts is a log-variance.
bool is_scale(const std::string& param);

/// Reads PARAM:SCHEDULE, such as "gravity:sine:period=50000,low=-11,high=-4". Throws UsageError naming the
/// text when it is not of this form; whether there is such a parameter is for the environment to say.
Drift parse_drift(const std::string& text);

/// The drifts of a training: number i draws from stream i of Purpose::drift, so that neither the order of
/// asking nor another drift changes its path. Throws UsageError.
std::vector<Drift> parse_drifts(std::span<const std::string> texts, double whole_steps, std::uint64_t seed);

}  // namespace rhoam::envs
