#include "apps/watch/overlays.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace rhoam::watch {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

std::string action_name(const envs::ActionSpace& actions, int i) {
  return i < std::ssize(actions.names) ? actions.names[static_cast<std::size_t>(i)]
                                       : fmt::format("action {}", i);
}

std::vector<render::Overlay::Choice> choices_of(const envs::ActionSpace& actions, const Moment& now) {
  std::vector<render::Overlay::Choice> choices;
  for (int i = 0; i < actions.n; ++i)
    choices.push_back({.name = action_name(actions, i),
                       .probability = now.thought.spread.empty()
                                          ? kMissing
                                          : now.thought.spread[static_cast<std::size_t>(i)],
                       .chosen = !now.action.empty() && static_cast<int>(now.action[0]) == i});
  return choices;
}

std::vector<render::Overlay::Lever> levers_of(const envs::ActionSpace& actions, const Moment& now) {
  std::vector<render::Overlay::Lever> levers;
  for (std::size_t i = 0; i < actions.bounds.size(); ++i)
    levers.push_back({.name = action_name(actions, static_cast<int>(i)),
                      .mean = now.thought.outputs.empty() ? kMissing : now.thought.outputs[i],
                      .sigma = now.thought.spread.empty() ? kMissing : now.thought.spread[i],
                      .action = now.action.empty() ? kMissing : now.action[i],
                      .low = actions.bounds[i].low,
                      .high = actions.bounds[i].high});
  return levers;
}

/// The dial of this name, which is added where it is not there.
render::Overlay::Dial& dial_of(std::vector<render::Overlay::Dial>& dials, const std::string& name) {
  const auto found = std::ranges::find(
      dials, name, [](const auto& dial) -> const auto& { return dial.gauge.name; });
  if (found != dials.end()) return *found;
  return dials.emplace_back(render::Overlay::Dial{.gauge = {.name = name}});
}

/// Says of those that drift how.
void add_drifts(const Stage& stage, std::int64_t step, std::vector<render::Overlay::Dial>& dials) {
  const auto& values = stage.moment(step).drifting;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto& drift = stage.drifts()[i];
    auto& dial = dial_of(dials, drift.param);
    if (dial.gauge.low == dial.gauge.high) {
      const auto bounds = drift.schedule.bounds();
      dial.gauge.low = bounds.low;
      dial.gauge.high = bounds.high;
    }
    dial.gauge.value = values[i];
    dial.schedule = drift.schedule.to_string();
    dial.phase = phase_of(drift.schedule, stage.clocks_at(step));
  }
}

}  // namespace

double phase_of(const core::Schedule& schedule, const core::Clocks& clocks) {
  const std::string kind = schedule.kind();
  const auto timescale = schedule.timescale();
  if ((kind != "sine" && kind != "square") || !timescale) return kMissing;
  const auto time = static_cast<double>(core::read(clocks, schedule.clock()));
  return std::fmod(time, timescale->value) / timescale->value;
}

render::Overlay overlay_of(const Stage& stage, std::int64_t step) {
  const auto& spec = stage.spec();
  const Moment& now = stage.moment(step);
  render::Overlay overlay{.step = step,
                          .step_limit = spec.max_episode_steps,
                          .episode_return = now.episode_return,
                          .value = now.thought.value};
  overlay.parts.assign(now.scene.parts().begin(), now.scene.parts().end());
  if (spec.action.discrete())
    overlay.choices = choices_of(spec.action, now);
  else
    overlay.levers = levers_of(spec.action, now);
  for (const auto& gauge : now.scene.gauges()) overlay.dials.push_back({.gauge = gauge});
  add_drifts(stage, step, overlay.dials);
  if (!stage.over() || step < stage.length()) return overlay;
  const auto& ending = now.scene.ending();
  overlay.banner = !stage.terminated() ? "time limit" : ending.text.empty() ? "the end" : ending.text;
  overlay.tone = !stage.terminated() || ending.text.empty() ? render::Overlay::Tone::neutral
                 : ending.good                              ? render::Overlay::Tone::good
                                                            : render::Overlay::Tone::bad;
  return overlay;
}

std::vector<render::Overlay::Dial> dials_of(const Stage& stage, std::int64_t step) {
  std::vector<render::Overlay::Dial> dials;
  for (const auto& param : stage.params())
    dials.push_back({.gauge = {param.name, param.value, param.low, param.high, param.unit}});
  add_drifts(stage, step, dials);
  return dials;
}

}  // namespace rhoam::watch
