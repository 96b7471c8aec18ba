#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "rhoam/core/clock.h"
#include "rhoam/core/schedule.h"
#include "rhoam/optim/timescale.h"

namespace rhoam::optim {

/// ρ of an effective memory n = 1/(1 − ρ), in updates. n ≥ 1.
double rho_of_memory(double memory);
/// n = 1/(1 − ρ).
double memory_of_rho(double rho);
/// ρ whose weights halve every `half_life` updates: 2^(−1/h). h > 0.
double rho_of_half_life(double half_life);
/// h = ln ½ / ln ρ; 0 for ρ = 0.
double half_life_of_rho(double rho);

/// A change of the world as the user declares it; missing values are assumed where they are needed.
struct DeclaredDrift {
  core::Timescale timescale;
  std::optional<DriftKind> kind = {};
  std::optional<double> amplitude = {};  ///< A of the log-variance
  std::string name = {};                 ///< of the drift itself; empty when the user gave a timescale

  /// As the user would type it.
  std::string to_string() const;
};

/// Reads "100updates", "100updates:telegraph", "100updates:telegraph:A=2.3"; kinds are sine, square (as
/// telegraph), telegraph, ou and growth. Throws UsageError naming the text and what is allowed.
DeclaredDrift parse_declared_drift(const std::string& text);

/// The kind of drift for a kind of schedule; nothing where there are no closed forms for it.
std::optional<DriftKind> drift_kind(const std::string& schedule_kind);

/// Stages that find the memory by themselves.
enum class AutomaticRho { align, likelihood, factored, learn };

/// The memory of an accumulator as the user specifies it. It becomes a value when the training and its
/// timescale are known.
class Rho {
 public:
  Rho(double rho) : choice_(core::Schedule(rho)) {}     // NOLINT(google-explicit-constructor): `.rho = 0.9`
  Rho(core::Schedule rho) : choice_(std::move(rho)) {}  // NOLINT(google-explicit-constructor)
  explicit Rho(const core::Timescale& half_life) : choice_(half_life) {}
  explicit Rho(AutomaticRho automatic) : choice_(automatic) {}
  /// The half-life is the declared timescale.
  static Rho match() { return Rho(Match{}); }
  /// The memory with the least tracking error under the declared drift (rho_for); `amplitude` beats the
  /// declared one.
  static Rho match_optimal(std::optional<double> amplitude = {}) { return Rho(Match{true, amplitude}); }

  /// Completes a schedule of ρ; see core::Schedule::bind.
  void bind(const core::ScheduleContext& context);
  /// ρ as a function of the clocks; a length in steps or episodes follows the measured rates. Throws
  /// UsageError when a match has no timescale, or for an automatic ρ.
  core::Schedule resolve(const core::ClockRates& rates, const std::optional<DeclaredDrift>& drift = {}) const;
  /// The rule, when ρ is automatic.
  std::optional<AutomaticRho> automatic() const;
  /// Whether it is one memory in updates, whatever the training.
  bool fixed() const;
  /// Whether it is a match, which depends on the declared drift.
  bool matches() const { return std::holds_alternative<Match>(choice_); }
  /// Remarks for the user on how ρ was found; usually empty.
  std::string remark(const core::ClockRates& rates, const std::optional<DeclaredDrift>& drift) const;
  /// As the user would type it; parse_rho reads it back.
  std::string to_string() const;

 private:
  struct Match {
    bool optimal = false;
    std::optional<double> amplitude = {};
  };
  explicit Rho(const Match& match) : choice_(match) {}

  std::variant<core::Schedule, core::Timescale, Match, AutomaticRho> choice_;
};

/// Reads "0.99", "memory:100", "half-life:50updates|20000steps|40episodes", "match", "match:optimal[:A=2.3]",
/// "auto[:align|likelihood|factored]", "learn", or a schedule of ρ such as "linear:from=0.9,to=0.99". Throws
/// UsageError naming the text and what is allowed.
Rho parse_rho(const std::string& text);

}  // namespace rhoam::optim
