#pragma once
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/schedule.h"

namespace rhoam::optim {

/// ρ of an effective memory n = 1/(1 − ρ), in updates. n ≥ 1.
double rho_of_memory(double memory);
/// n = 1/(1 − ρ).
double memory_of_rho(double rho);
/// ρ whose weights halve every `half_life` updates: 2^(−1/h). h > 0.
double rho_of_half_life(double half_life);
/// h = ln ½ / ln ρ; 0 for ρ = 0.
double half_life_of_rho(double rho);

/// The memory of an accumulator as the user says it: a number or schedule, or a half-life that becomes a
/// number when training starts.
class Rho {
 public:
  Rho(double rho) : rho_(rho) {}                     // NOLINT(google-explicit-constructor): `.rho = 0.9`
  Rho(core::Schedule rho) : rho_(std::move(rho)) {}  // NOLINT(google-explicit-constructor)
  explicit Rho(const core::Timescale& half_life) : half_life_(half_life) {}

  /// Completes a schedule of ρ; see core::Schedule::bind.
  void bind(const core::ScheduleContext& context) { rho_.bind(context); }
  /// ρ, given how many steps and episodes an update takes.
  core::Schedule resolve(const core::ClockRates& rates) const;
  /// As the user would type it; parse_rho reads it back.
  std::string to_string() const;

 private:
  core::Schedule rho_ = 0.0;
  std::optional<core::Timescale> half_life_;
};

/// Reads "0.99", "memory:100", "half-life:50updates|20000steps|40episodes", or a schedule of ρ such as
/// "linear:from=0.9,to=0.99". Throws UsageError naming the text and what is allowed.
Rho parse_rho(const std::string& text);

}  // namespace rhoam::optim
