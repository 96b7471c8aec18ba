#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

#include "rhoam/envs/box2d/lunar_lander.h"
#include "rhoam/envs/params.h"
#include "rhoam/tests/golden/golden_draws.h"
#include "rhoam/tests/golden/golden_envs.h"
#include "rhoam/tests/golden/golden_windows.h"

namespace rhoam::golden {
namespace {

using envs::LunarLander;
using nlohmann::json;
using Obs = std::array<double, 8>;

/// Tolerances of one window of the table; a reward of infinity is not compared.
struct Tolerance {
  const char* window;
  int last;  // t
  double position, velocity, angle, omega, reward;
};

// What a correct port on Box2D 2.4 keeps to until the first contact.
constexpr double kNone = std::numeric_limits<double>::infinity();
constexpr Tolerance kTolerances[] = {
    {"t<=20", 20, 1e-5, 1e-4, 1e-4, 1e-4, 1e-2},
    {"t<=60", 60, 5e-4, 3e-3, 3e-3, 2e-2, 0.5},
    {"t<=100", 100, 4e-3, 1.5e-2, 1e-2, 2e-2, 1},
    {"before contact", std::numeric_limits<int>::max(), 0.1, 0.15, 0.05, 0.25, kNone},
};
constexpr int kContactFree = 20;  // no leg touches up to this step
constexpr int kShift = 4;         // steps by which the first contact may move

struct Episode {
  explicit Episode(const json& file);

  bool continuous;
  std::vector<std::pair<const char*, double>> params;
  RecordedDraws draws;
  std::vector<double> smooth_y;
  Obs reset_obs;
  int steps;
  std::optional<int> first_contact;
  std::vector<std::vector<float>> actions;
  std::vector<Obs> obs;
  std::vector<double> rewards;
};

std::vector<float> read_action(const json& action, bool continuous) {
  if (continuous) return action.get<std::vector<float>>();
  return {action.get<float>()};
}

Episode::Episode(const json& file)
    : continuous(file.at("continuous").get<bool>()),
      smooth_y(file.at("smooth_y").get<std::vector<double>>()),
      reset_obs(file.at("reset_obs").get<Obs>()),
      steps(file.at("steps").get<int>()),
      obs(file.at("obs").get<std::vector<Obs>>()),
      rewards(file.at("rewards").get<std::vector<double>>()) {
  const bool wind = file.at("enable_wind").get<bool>();
  params = {{"enable_wind", wind ? 1.0 : 0.0}};
  for (const char* name : {"gravity", "wind_power", "turbulence_power"})
    params.emplace_back(name, file.at(name).get<double>());

  for (const json& height : file.at("height")) draws.reals.push_back(height.get<double>());
  for (const json& force : file.at("initial_force")) draws.reals.push_back(force.get<double>());
  for (const json& pair : file.at("dispersion"))
    for (const json& value : pair) draws.reals.push_back(value.get<double>());
  if (wind)
    draws.integers = {file.at("wind_idx").get<std::int64_t>(), file.at("torque_idx").get<std::int64_t>()};

  if (!file.at("first_contact").is_null()) first_contact = file.at("first_contact").get<int>();
  const auto space = LunarLander(continuous).spec().action;
  for (const json& action : file.at("actions")) {
    actions.push_back(read_action(action, continuous));
    if (static_cast<int>(actions.back().size()) != space.size() || !envs::allowed(space, actions.back()))
      throw core::CorruptError("an action is not one of the space");
  }
  const auto n = static_cast<std::size_t>(steps);
  if (steps <= 0 || actions.size() != n || obs.size() != n || rewards.size() != n ||
      draws.reals.size() != 12 + 2 + 2 * (n + 1) || smooth_y.size() != 11)
    throw core::CorruptError("the arrays of an episode are not as long as its steps");
}

LunarLander build(const Episode& episode) {
  LunarLander env(episode.continuous);
  for (const auto& [name, value] : episode.params)
    for (const auto& param : LunarLander::params())
      if (std::string(param.name) == name) env.*param.member = value;
  return env;
}

void compare(const Tolerance& tolerance, const Obs& expected, const LunarLander& env, Windows& windows) {
  std::array<float, 8> obs{};
  env.observe(obs);
  const double limits[] = {tolerance.position, tolerance.position, tolerance.velocity,
                           tolerance.velocity, tolerance.angle,    tolerance.omega};
  for (std::size_t i = 0; i < std::size(limits); ++i) {
    const auto error =
        std::abs(static_cast<double>(obs[i]) - static_cast<double>(static_cast<float>(expected[i])));
    windows.judge(tolerance.window, error, limits[i]);
  }
}

/// Replays until the recording or the replay ends; returns the first contact of the replay.
std::optional<int> replay(Episode& episode, LunarLander& env, Windows& windows) {
  for (int t = 0; t < episode.steps; ++t) {
    const auto step = env.step(episode.actions[t], episode.draws);
    const auto scene = env.scene();
    const bool leg = scene.leg_contact[0] || scene.leg_contact[1];
    if (t <= kContactFree) windows.demand("no contact t<=20", !leg);
    if (leg || scene.hull_contact) return t;
    const bool comparable = t <= kContactFree || !episode.first_contact || t < *episode.first_contact - 2;
    const auto& tolerance =
        *std::ranges::find_if(kTolerances, [t](const auto& row) { return t <= row.last; });
    if (comparable) {
      compare(tolerance, episode.obs[t], env, windows);
      if (tolerance.reward != kNone)
        windows.judge(tolerance.window, std::abs(step.reward - episode.rewards[t]), tolerance.reward);
    }
    if (step.terminated) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

FileReport check_lunar_lander(const json& file) {
  Windows windows;
  int moved = 0;
  for (const json& recorded : file.at("episodes")) {
    Episode episode(recorded);
    LunarLander env = build(episode);
    env.reset(episode.draws);
    for (std::size_t i = 0; i < episode.smooth_y.size(); ++i)
      windows.judge("smooth_y", std::abs(env.scene().terrain[i] - episode.smooth_y[i]), 1e-12);
    compare(kTolerances[0], episode.reset_obs, env, windows);
    const auto contact = replay(episode, env, windows);
    // Where one of the two has none, it can still come with the first step that was not recorded.
    const int shift =
        std::abs(contact.value_or(episode.steps) - episode.first_contact.value_or(episode.steps));
    if (contact != episode.first_contact) ++moved;
    windows.judge("first contact", contact == episode.first_contact ? 0 : shift, kShift);
  }
  windows.note(fmt::format("first contact moved in {}", moved));
  return windows.report(fmt::format("{} episodes", file.at("episodes").size()));
}

}  // namespace rhoam::golden
