#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "rhoam/envs/env.h"

namespace rhoam::envs {

/// A walk from a corner of a grid to the opposite one: every start is the same, there are no parameters, no
/// draws and nothing to see.
struct GridWorld {
  static constexpr std::int64_t kSide = 3;
  std::int64_t x = 0, y = 0;

  static std::span<const Param<GridWorld>> params() { return {}; }
  EnvSpec spec() const {
    return {.id = "GridWorld-v0",
            .observation = {{0, kSide - 1}, {0, kSide - 1}},
            .action = {.n = 4, .bounds = {}},
            .max_episode_steps = 30,
            .reward_threshold = 0,
            .summary = "walk to the opposite corner"};
  }
  void reset(core::Draws&) { x = y = 0; }
  Step step(std::span<const float> action, core::Draws&) {
    constexpr std::array<std::array<std::int64_t, 2>, 4> kMoves{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
    const auto& move = kMoves[static_cast<std::size_t>(action[0])];
    x = std::clamp<std::int64_t>(x + move[0], 0, kSide - 1);
    y = std::clamp<std::int64_t>(y + move[1], 0, kSide - 1);
    return {.reward = -1, .terminated = x == kSide - 1 && y == kSide - 1};
  }
  void observe(std::span<float> out) const {
    out[0] = static_cast<float>(x);
    out[1] = static_cast<float>(y);
  }
  void save(Words& out) const {
    out.put(x);
    out.put(y);
  }
  void load(WordReader& in) {
    x = in.integer();
    y = in.integer();
    if (std::min(x, y) < 0 || std::max(x, y) >= kSide) throw core::CorruptError("no place in the grid");
  }
};

/// One action, one observation that is always the same, no parameters; restored by being played again.
struct Wait {
  std::int64_t waited = 0;
  static constexpr bool kReplays = true;

  static std::span<const Param<Wait>> params() { return {}; }
  EnvSpec spec() const {
    return {.id = "Wait-v0",
            .observation = {{1, 1}},
            .action = {.n = 1, .bounds = {}, .names = {"wait"}},
            .max_episode_steps = 1,
            .reward_threshold = 0,
            .summary = "wait"};
  }
  void reset(core::Draws&) { waited = 0; }
  Step step(std::span<const float>, core::Draws&) {
    ++waited;
    return {};
  }
  void observe(std::span<float> out) const { out[0] = 1; }
  void fingerprint(Words& out) const { out.put(waited); }
};

/// One parameter, a choice of three whose first is the default; one observation; actions that cannot be 0;
/// and episodes that only a far time limit ends. Restored by being played again.
struct LongWalk {
  static constexpr bool kReplays = true;
  double pace = 0;
  double place = 0;

  static std::span<const Param<LongWalk>> params() {
    static constexpr Param<LongWalk> kParams[] = {{"pace", &LongWalk::pace, 0, 2, "0, 1 or 2", true}};
    return kParams;
  }
  EnvSpec spec() const {
    return {.id = "LongWalk-v0",
            .observation = {{-1, 1}},
            .action = {.n = 0, .bounds = {{1, 2}}},
            .max_episode_steps = 5000,
            .reward_threshold = 1e9,
            .summary = "walk on"};
  }
  void reset(core::Draws& draws) { place = draws.uniform(0, 1); }
  Step step(std::span<const float> action, core::Draws& draws) {
    place += (1 + pace) * static_cast<double>(action[0]) + draws.normal();
    return {.reward = std::cos(place), .terminated = false};
  }
  void observe(std::span<float> out) const { out[0] = static_cast<float>(std::sin(place)); }
  void fingerprint(Words& out) const { out.put(place); }
  void draw(DrawList& out) const {
    out.look_at({.left = -1.5, .bottom = -1, .right = 1.5, .top = 1});
    out.use(Layer::scenery);
    out.line(Ink::line, std::array<Spot, 2>{{{-1, 0}, {1, 0}}});
    out.use(Layer::actors);
    out.disc(Ink::body, {std::sin(place), 0}, 0.1);
    out.use(Layer::notes);
    out.text(Ink::text, {0, 0.5}, 0.2, "on");
  }
};

}  // namespace rhoam::envs
