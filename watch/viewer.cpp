#include "rhoam/watch/viewer.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string_view>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::watch {
namespace {

constexpr double kMostDue = 100;     // steps: a slow machine drops what it cannot play in time
constexpr double kNoticeFor = 2.5;   // seconds
constexpr double kTurn = 0.05;       // of a parameter's range
constexpr double kWidestRange = 10;  // of a parameter without bounds

/// Seconds for which the end of an episode is shown at real time: less after a short episode, but long enough
/// to be seen.
double pause_after(std::int64_t steps) {
  return std::clamp(0.2 + static_cast<double>(steps) * 0.02, 0.8, 1.6);
}

/// Who chooses the actions of a simulation, and how.
std::string mode_of(const Simulation& simulation, bool greedy) {
  if (simulation.scripted()) return "replay";
  if (!simulation.player().trainee) return "random";
  return greedy ? "greedy" : "sampled";
}

bool has_agent(std::span<const Simulation> simulations) {
  return std::ranges::any_of(
      simulations, [](const Simulation& simulation) { return simulation.player().trainee.has_value(); });
}

std::string speed_text(double speed) {
  if (speed == 0.25) return "¼×";
  if (speed == 0.5) return "½×";
  return fmt::format("{:g}×", speed);
}

}  // namespace

bool Viewer::press_in_panel(char32_t key) {
  const auto count = playback_.simulations()[0].params().size();
  if (count == 0) return false;
  if (key == render::key::kUp)
    selected_ = (selected_ + count - 1) % count;
  else if (key == render::key::kDown)
    selected_ = (selected_ + 1) % count;
  else if (key == render::key::kLeft)
    turn(-1);
  else if (key == render::key::kRight)
    turn(1);
  else
    return false;
  return true;
}

void Viewer::turn(double direction) {
  const auto param = playback_.simulations()[0].params()[selected_];
  const double width = std::isfinite(param.high - param.low) ? param.high - param.low : kWidestRange;
  const double step = param.whole ? 1 : kTurn * width;
  try {
    playback_.set_param(param.name, std::clamp(param.value + direction * step, param.low, param.high));
  } catch (const core::UsageError& error) {
    notify(error.what());
  }
}

void Viewer::toggle_hand() {
  if (plays_) return notify("you are already in control");
  by_hand_ = !by_hand_;
  if (!by_hand_ && playback_.simulations()[0].scripted()) {
    change_episode(&Playback::restart);
    return notify("the replay from its start");
  }
  const bool agent = playback_.simulations()[0].player().trainee.has_value();
  notify(by_hand_ ? "you fly: arrows, WASD or stick; h gives back"
         : agent  ? "the agent flies again"
                  : "random actions again");
}

void Viewer::wait_for_hand() {
  plays_ = by_hand_ = true;
  paused_ = true;
  notify("space starts; fly with the arrows, WASD or a stick");
}

void Viewer::toggle_ghosts() {
  if (playback_.simulations().size() < 2) return notify("ghosts need a second run: rhoam watch RUN_A RUN_B");
  const auto& first = playback_.simulations()[0].spec().id;
  if (std::ranges::any_of(playback_.simulations(),
                          [&](const Simulation& simulation) { return simulation.spec().id != first; }))
    return notify("ghosts need runs of one environment");
  shown_.ghosts = !shown_.ghosts;
}

void Viewer::toggle_greedy() {
  if (playback_.simulations()[0].scripted()) return notify("a replay plays what is on record");
  if (!has_agent(playback_.simulations())) return notify("no agent plays here: actions are random");
  playback_.set_greedy(!playback_.greedy());
  notify(playback_.greedy() ? "greedy: the most probable action" : "actions are sampled");
}

void Viewer::single_step(bool forward) {
  paused_ = true;
  if (forward)
    playback_.forward();
  else
    playback_.back();
}

void Viewer::change_episode(void (Playback::*change)()) {
  (playback_.*change)();
  begin_episode();
}

void Viewer::begin_episode() {
  due_ = 0;
  ended_for_ = 0;
}

bool Viewer::pass(double seconds, Held held) {
  if (!paused_) notice_for_ -= seconds;
  if (notice_for_ < 0) notice_.clear();
  if (paused_) return false;
  if (playback_.at_end()) ended_for_ += seconds;
  due_ = std::min(due_ + seconds * kStepsPerSecond * speed_, kMostDue);
  for (; due_ >= 1 && !playback_.at_end(); due_ -= 1) {
    if (by_hand_ && !panel_)
      playback_.forward(hands_.steer(held.x, held.y));
    else
      playback_.forward();
  }
  if (!playback_.at_end() || reported_ >= playback_.number()) return false;
  reported_ = playback_.number();
  return true;
}

bool Viewer::wants_next() const {
  return !paused_ && playback_.at_end() && ended_for_ * speed_ > pause_after(playback_.head());
}

void Viewer::notify(const std::string& text) {
  notice_ = text;
  notice_for_ = kNoticeFor;
}

std::optional<std::size_t> Viewer::selected() const {
  return panel_ ? std::optional(selected_) : std::nullopt;
}

std::string Viewer::status() const {
  return fmt::format("episode {} · seed {} · {} · {}{}", playback_.number() + 1, playback_.seed(), mode(),
                     speed_text(speed_), paused_ ? " · paused" : "");
}

std::string Viewer::mode() const {
  std::vector<std::string> modes;
  for (const Simulation& simulation : playback_.simulations()) {
    const bool steered = by_hand_ && modes.empty();
    const std::string mode = steered ? "by hand" : mode_of(simulation, playback_.greedy());
    if (std::ranges::count(modes, mode) == 0) modes.push_back(mode);
  }
  return core::join(modes, " and ");
}

}  // namespace rhoam::watch
