#include "rhoam/optim/rho.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/hyper.h"

namespace rhoam::optim {
namespace {

using core::Named;

constexpr Named<DriftKind> kDriftKinds[] = {{"sine", DriftKind::sine},
                                            {"telegraph", DriftKind::telegraph},
                                            {"square", DriftKind::telegraph},
                                            {"ou", DriftKind::ou},
                                            {"growth", DriftKind::growth}};
constexpr Named<AutomaticRho> kAutomatic[] = {{"align", AutomaticRho::align},
                                              {"likelihood", AutomaticRho::likelihood},
                                              {"factored", AutomaticRho::factored}};

constexpr double kAssumedAmplitude = 2.3;

/// The rest of `text` after `head`, if it starts with it.
std::optional<std::string> after(const std::string& text, const std::string& head) {
  if (!text.starts_with(head)) return std::nullopt;
  return text.substr(head.size());
}

double parse_memory(const std::string& text) {
  const auto memory = core::parse_double(text);
  if (memory && *memory >= 1 && kDecay.contains(rho_of_memory(*memory))) return *memory;
  throw core::UsageError(fmt::format(
      "rho memory:{} is wrong: allowed is a number of updates of at least 1 and at most 1e16", text));
}

/// Parses "A=2.3".
double parse_amplitude(const std::string& text) {
  const auto number = core::parse_double(after(text, "A=").value_or(""));
  if (number && *number > 0) return *number;
  throw core::UsageError(fmt::format(
      "'{}' is no amplitude of the log-variance: allowed is a number above 0, such as A=2.3", text));
}

core::Timescale parse_half_life(const std::string& text) try {
  return core::parse_timescale(text, core::Clock::updates);
} catch (const core::UsageError& error) {
  throw core::UsageError(fmt::format("rho half-life:{}: {}", text, error.what()));
}

/// Parses what follows "match".
Rho parse_match(const std::string& text) {
  if (text.empty()) return Rho::match();
  if (text == ":optimal") return Rho::match_optimal();
  if (const auto amplitude = after(text, ":optimal:")) return Rho::match_optimal(parse_amplitude(*amplitude));
  throw core::UsageError(fmt::format(
      "rho 'match{}' is unknown: allowed are match, match:optimal and match:optimal:A=2.3", text));
}

std::string amplitude_text(const std::optional<double>& amplitude) {
  return amplitude ? ":A=" + core::format_double(*amplitude) : "";
}

const DeclaredDrift& require(const std::optional<DeclaredDrift>& drift) {
  if (drift) return *drift;
  throw core::UsageError(
      "rho match needs the timescale of a change: declare a drift that has one, such as --drift "
      "gravity:sine:period=50000,low=-11,high=-4 (steps, walk and linear have none), or the timescale alone "
      "with --timescale 100updates or --timescale 100updates:telegraph:A=2.3");
}

/// The drift to put into the formulas for a change every `updates`.
Drift drift_of(const DeclaredDrift& declared, const std::optional<double>& amplitude, double updates) {
  return {.kind = declared.kind.value_or(DriftKind::telegraph),
          .timescale = updates,
          .amplitude = amplitude.value_or(declared.amplitude.value_or(kAssumedAmplitude))};
}

/// Rounds to steps of 1%, so that a formula is not evaluated again at every update.
double rounded(double updates) { return std::exp(std::round(100 * std::log(updates)) / 100); }

/// ρ = rule(length in updates), where the length follows the measured length of episodes and pace of updates.
core::Schedule follow(const core::Timescale& length, const core::ClockRates& rates,
                      const std::function<double(double)>& rule) {
  const auto updates = [=](const core::ClockRates& now) { return length.in(core::Clock::updates, now); };
  const double first = updates(rates);
  if (!kDecay.contains(rule(first)))
    throw core::UsageError(fmt::format("a half-life of {} is too long: no number below 1 stands for its rho",
                                       core::to_string(length)));
  if (length.clock == core::Clock::updates) return rule(first);
  return {[=, asked = first, rho = rule(first)](const core::Clocks& clocks) mutable {
            const double now = updates(rates.at(clocks));
            const double asks = now == first ? first : rounded(now);
            if (std::exchange(asked, asks) != asks) rho = std::min(rule(asks), std::nextafter(1.0, 0.0));
            return rho;
          },
          kDecay};
}

}  // namespace

double rho_of_memory(double memory) { return 1 - 1 / memory; }
double memory_of_rho(double rho) { return 1 / (1 - rho); }
double rho_of_half_life(double half_life) { return std::exp2(-1 / half_life); }
double half_life_of_rho(double rho) { return std::log(0.5) / std::log(rho); }

std::string DeclaredDrift::to_string() const {
  std::string text = core::to_string(timescale);
  if (kind) text += fmt::format(":{}", core::name_of(kDriftKinds, *kind));
  return text + amplitude_text(amplitude);
}

std::optional<DriftKind> drift_kind(const std::string& schedule_kind) {
  const auto row = std::ranges::find(kDriftKinds, schedule_kind, &Named<DriftKind>::name);
  return row == std::end(kDriftKinds) ? std::nullopt : std::optional(row->value);
}

DeclaredDrift parse_declared_drift(const std::string& text) {
  const auto parts = core::split(text, ':');
  if (parts.size() > 3)
    throw core::UsageError(fmt::format(
        "'{}' has too many parts: allowed is TIME[:KIND[:A=X]], such as 100updates:telegraph:A=2.3", text));
  DeclaredDrift drift{.timescale = core::parse_timescale(parts[0])};
  if (parts.size() > 1) drift.kind = core::find_by_name(kDriftKinds, "kind of change", parts[1]).value;
  if (parts.size() > 2) drift.amplitude = parse_amplitude(parts[2]);
  return drift;
}

void Rho::bind(const core::ScheduleContext& context) {
  if (auto* schedule = std::get_if<core::Schedule>(&choice_)) schedule->bind(context);
}

core::Schedule Rho::resolve(const core::ClockRates& rates, const std::optional<DeclaredDrift>& drift) const {
  if (const auto* schedule = std::get_if<core::Schedule>(&choice_)) return *schedule;
  if (automatic())
    throw core::UsageError(
        fmt::format("rho {} is found by rmsprop alone; give this optimizer a number", to_string()));
  const auto* match = std::get_if<Match>(&choice_);
  if (match == nullptr) return follow(std::get<core::Timescale>(choice_), rates, rho_of_half_life);
  const DeclaredDrift declared = require(drift);
  if (!match->optimal) return follow(declared.timescale, rates, rho_of_half_life);
  return follow(declared.timescale, rates, [declared, amplitude = match->amplitude](double updates) {
    return rho_for(drift_of(declared, amplitude, updates)).rho;
  });
}

std::optional<AutomaticRho> Rho::automatic() const {
  if (const auto* automatic = std::get_if<AutomaticRho>(&choice_)) return *automatic;
  return std::nullopt;
}

bool Rho::fixed() const {
  if (const auto* half_life = std::get_if<core::Timescale>(&choice_))
    return half_life->clock == core::Clock::updates;
  const auto* schedule = std::get_if<core::Schedule>(&choice_);
  return schedule != nullptr && schedule->constant();
}

std::string Rho::remark(const core::ClockRates& rates, const std::optional<DeclaredDrift>& drift) const {
  const auto* match = std::get_if<Match>(&choice_);
  if (match == nullptr || !match->optimal || !drift) return {};
  const Drift asked = drift_of(*drift, match->amplitude, drift->timescale.in(core::Clock::updates, rates));
  std::string remark;
  if (!drift->kind) remark += " kind telegraph is assumed;";
  if (!match->amplitude && !drift->amplitude) remark += fmt::format(" A = {} is assumed;", kAssumedAmplitude);
  if (!rho_for(asked).trackable)
    remark += fmt::format(" too little signal to track (A = {:g}, {:g} updates): the longest memory is best;",
                          asked.amplitude, asked.timescale);
  return remark.empty() ? remark : remark.substr(1, remark.size() - 2);
}

std::string Rho::to_string() const {
  if (const auto* schedule = std::get_if<core::Schedule>(&choice_)) return schedule->to_string();
  if (const auto* half_life = std::get_if<core::Timescale>(&choice_))
    return "half-life:" + core::to_string(*half_life);
  if (const auto* match = std::get_if<Match>(&choice_))
    return match->optimal ? "match:optimal" + amplitude_text(match->amplitude) : "match";
  if (automatic() == AutomaticRho::learn) return "learn";
  if (automatic() == AutomaticRho::align) return "auto";
  return fmt::format("auto:{}", core::name_of(kAutomatic, *automatic()));
}

Rho parse_rho(const std::string& text) {
  if (text == "learn") return Rho(AutomaticRho::learn);
  if (text == "auto") return Rho(AutomaticRho::align);
  if (const auto rest = after(text, "match")) return parse_match(*rest);
  if (const auto kind = after(text, "auto:"))
    return Rho(core::find_by_name(kAutomatic, "automatic rho", *kind).value);
  if (const auto memory = after(text, "memory:")) return rho_of_memory(parse_memory(*memory));
  if (const auto length = after(text, "half-life:")) return Rho(parse_half_life(*length));
  if (text.find(':') == std::string::npos && !core::parse_double(text))
    throw core::UsageError(
        fmt::format("rho '{}' is unknown: allowed are a number of at least 0 and below 1, memory:100, "
                    "half-life:50updates, match, match:optimal, auto, learn, or a schedule such as "
                    "linear:from=0.9,to=0.99",
                    text));
  try {
    return Hyper("rho", core::parse_schedule(text, core::kUnbound), kDecay).schedule();
  } catch (const core::UsageError& error) {
    throw core::UsageError(fmt::format(
        "{}; a rho may also be memory:100, half-life:50updates, match, match:optimal, auto or learn",
        error.what()));
  }
}

}  // namespace rhoam::optim
