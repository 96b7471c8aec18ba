#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/compare/grid.h"
#include "rhoam/core/options.h"

namespace rhoam::compare {

/// Says that nothing is tuned.
inline constexpr const char* kNoTuning = "none";
/// What is tuned unless something else is asked for.
inline constexpr const char* kDefaultTuning = "lr-factor=0.3,1,3";

/// What is compared: the grid of the axes (OPTION=VALUE,VALUE) and of the values of --rho, if any. Throws
/// UsageError for fewer than two settings, and for an option that is compared twice or cannot be.
std::vector<Choice> settings_of(const std::vector<std::string>& axes, const std::string& rho);

/// Whether a training has this value of the option when nothing is said of it.
using IsDefault = std::function<bool(const Assignment&)>;

/// The index of the setting of this name; without one that of the usual value on every axis: 0.99 of ρ, else
/// the default, else the first. Throws UsageError.
int find_reference(const std::string& wanted, std::span<const Choice> settings, const IsDefault& is_default);

/// What is tuned for every setting apart: the options of --tune; several values of lr, which are then taken
/// out of `options`; else the rate's factor, unless the rate is given or compared. Throws UsageError where an
/// option would be tuned and compared at once.
std::vector<Axis> tuned_axes(const std::vector<std::string>& tune, std::span<const Choice> settings,
                             std::vector<core::GivenOption>& options);

}  // namespace rhoam::compare
