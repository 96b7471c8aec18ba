#include "rhoam/watch/hud.h"

#include <fmt/core.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "rhoam/core/missing.h"
#include "rhoam/core/number_format.h"
#include "rhoam/render/chart/ticks.h"

namespace rhoam::watch {
namespace {

/// The power of ten at or just above a value (memories are found by iteration), else the next one below.
int magnitude(double value) { return static_cast<int>(std::floor(std::log10(value) + 1e-6)); }

std::string tiny(double size) {
  const int power = magnitude(size);
  const int digit = std::clamp(static_cast<int>(std::lround(size / std::pow(10.0, power))), 1, 9);
  return render::log_labels(std::vector<render::Decimal>{{digit, power}}).front();
}

}  // namespace

std::string readout(double value) {
  constexpr double kTiny = 1e-3;
  const double size = std::abs(value);
  if (size == 0 || !std::isfinite(size)) return core::fixed_text(value, 0);
  if (size < kTiny) return (value < 0 ? "−" : "") + tiny(size);
  return core::fixed_text(value, std::max(0, 2 - magnitude(size)));
}

std::string rho_readout(double rho) {
  constexpr double kLeast = 1e-9;
  const int decimals = 1 - magnitude(std::clamp(1 - rho, kLeast, 1.0));
  return fmt::format("ρ {:.{}f}", rho, decimals);
}

namespace {

std::string action_name(const envs::ActionSpace& actions, int i) {
  return i < std::ssize(actions.names) ? actions.names[static_cast<std::size_t>(i)]
                                       : fmt::format("action {}", i);
}

/// What led to a moment. Before the first step: the first policy output, without an action.
struct Decision {
  const PolicyOutput& thought;
  std::span<const float> chosen, executed;
};

Decision decision_of(const Simulation& simulation, std::int64_t step) {
  if (step == 0) return {simulation.moment(0).thought, {}, {}};
  const Moment& before = simulation.moment(step - 1);
  return {before.thought, before.action, simulation.moment(step).executed};
}

/// None without a policy.
std::vector<render::Overlay::Choice> choices_of(const envs::ActionSpace& actions, const Decision& decision) {
  std::vector<render::Overlay::Choice> choices;
  if (decision.thought.spread.empty()) return choices;
  const auto is = [](std::span<const float> action, int i) {
    return !action.empty() && static_cast<int>(action[0]) == i;
  };
  for (int i = 0; i < actions.n; ++i)
    choices.push_back({.name = action_name(actions, i),
                       .probability = decision.thought.spread[static_cast<std::size_t>(i)],
                       .chosen = is(decision.chosen, i),
                       .executed = is(decision.executed, i)});
  return choices;
}

/// None without a policy.
std::vector<render::Overlay::Lever> levers_of(const envs::ActionSpace& actions, const Decision& decision) {
  std::vector<render::Overlay::Lever> levers;
  if (decision.thought.spread.empty()) return levers;
  const auto component = [](std::span<const float> action, std::size_t i) {
    return action.empty() ? core::kMissing : static_cast<double>(action[i]);
  };
  for (std::size_t i = 0; i < actions.bounds.size(); ++i)
    levers.push_back({.name = action_name(actions, static_cast<int>(i)),
                      .mean = decision.thought.outputs[i],
                      .sigma = decision.thought.spread[i],
                      .action = component(decision.chosen, i),
                      .low = actions.bounds[i].low,
                      .high = actions.bounds[i].high,
                      .executed = component(decision.executed, i)});
  return levers;
}

/// Without the explanations that may replace a unit or follow it.
envs::Gauge gauge_of(const envs::VectorEnv::ParamInfo& param) {
  const std::string unit = param.whole ? "" : param.unit.substr(0, param.unit.find(','));
  return {param.name, param.value, param.low, param.high, unit};
}

/// With the range of the drift, else of the parameter; advantage-scale is not a parameter of the world.
envs::Gauge gauge_of(const envs::Drift& drift, const std::vector<envs::VectorEnv::ParamInfo>& params) {
  const auto bounds = drift.schedule.bounds();
  const auto param = std::ranges::find(params, drift.param, &envs::VectorEnv::ParamInfo::name);
  envs::Gauge gauge = param == params.end() ? envs::Gauge{.name = drift.param} : gauge_of(*param);
  if (std::isfinite(bounds.high - bounds.low)) gauge.low = bounds.low, gauge.high = bounds.high;
  return gauge;
}

/// The dial of this name, added if missing.
render::Overlay::Dial& dial_of(std::vector<render::Overlay::Dial>& dials, const std::string& name) {
  const auto found = std::ranges::find(
      dials, name, [](const auto& dial) -> const auto& { return dial.gauge.name; });
  if (found != dials.end()) return *found;
  return dials.emplace_back(render::Overlay::Dial{.gauge = {.name = name}});
}

/// Adds parameters that are constant now but drifted during the agent's training.
void add_drifted(const Simulation& simulation, std::vector<render::Overlay::Dial>& dials) {
  const auto& drifted = simulation.player().drifted;
  if (drifted.empty()) return;
  for (const auto& param : simulation.params())
    if (std::ranges::count(drifted, param.name) > 0) dial_of(dials, param.name).gauge = gauge_of(param);
}

/// Adds value, schedule and phase of drifting parameters.
void add_drifts(const Simulation& simulation, std::int64_t step, std::vector<render::Overlay::Dial>& dials) {
  const auto& values = simulation.moment(step).drifting;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& drift = simulation.drifts()[i];
    auto& dial = dial_of(dials, drift.param);
    if (dial.gauge.low == dial.gauge.high) dial.gauge = gauge_of(drift, simulation.params());
    dial.gauge.value = values[i];
    dial.schedule = drift.schedule.to_string();
    dial.phase = drift.schedule.phase(simulation.clocks_at(step)).value_or(core::kMissing);
  }
}

}  // namespace

render::Overlay overlay_of(const Simulation& simulation, std::int64_t step) {
  const auto& spec = simulation.spec();
  const Moment& now = simulation.moment(step);
  const bool is_end = simulation.over() && step == simulation.length();
  render::Overlay overlay{.step = step,
                          .step_limit = spec.max_episode_steps,
                          .episode_return = now.episode_return,
                          .value = is_end && simulation.terminated() ? core::kMissing : now.thought.value,
                          .alters_actions = simulation.alters_actions()};
  overlay.parts.assign(now.scene.parts().begin(), now.scene.parts().end());
  if (spec.action.discrete())
    overlay.choices = choices_of(spec.action, decision_of(simulation, step));
  else
    overlay.levers = levers_of(spec.action, decision_of(simulation, step));
  for (const auto& gauge : now.scene.gauges()) overlay.dials.push_back({.gauge = gauge});
  add_drifted(simulation, overlay.dials);
  add_drifts(simulation, step, overlay.dials);
  if (!is_end) return overlay;
  const auto& ending = now.scene.ending();
  overlay.banner = simulation.ending();
  overlay.tone = !simulation.terminated() || ending.text.empty() ? render::Overlay::Tone::neutral
                 : ending.good                                   ? render::Overlay::Tone::good
                                                                 : render::Overlay::Tone::bad;
  return overlay;
}

std::vector<render::Overlay::Dial> dials_of(const Simulation& simulation, std::int64_t step) {
  std::vector<render::Overlay::Dial> dials;
  for (const auto& param : simulation.params()) dials.push_back({.gauge = gauge_of(param)});
  add_drifts(simulation, step, dials);
  return dials;
}

}  // namespace rhoam::watch
