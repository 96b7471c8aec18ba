#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/options.h"

namespace rhoam::compare {

/// One of the worlds between which a scenario's drifts jump, standing still.
struct Regime {
  std::string name;            ///< "action-flip=1"
  std::vector<double> values;  ///< of the drifts that jump, in their order
};

/// Drifts that jump between worlds; those of a mere scale (advantage-scale, reward-scale) do not.
std::vector<std::string> jumping_params(std::span<const std::string> drifts);

/// Every combination of the levels of the drifts that jump; none when nothing jumps. Throws UsageError when
/// there are more than 16.
std::vector<Regime> regimes_of(std::span<const std::string> drifts);

/// The options with the drifts that jump replaced by the regime's values, as parameters of the world.
std::vector<core::GivenOption> within(const Regime& regime, std::vector<core::GivenOption> options);

}  // namespace rhoam::compare
