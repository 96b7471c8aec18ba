#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "rhoam/envs/batch.h"
#include "rhoam/envs/cartpole.h"
#include "rhoam/envs/params.h"
#include "rhoam/tests/golden/golden_draws.h"
#include "rhoam/tests/golden/golden_envs.h"
#include "rhoam/tests/golden/golden_windows.h"

namespace rhoam::golden {
namespace {

using envs::CartPole;
using nlohmann::json;
using State = std::array<double, 4>;

constexpr double kForced = 1e-12, kFree = 1e-9;
constexpr int kFreeSteps = 100;  // an open-loop pole multiplies rounding by e^4 a second

struct Episode {
  explicit Episode(const json& file)
      : steps(file.at("steps").get<int>()),
        actions(file.at("actions").get<std::vector<float>>()),
        states(file.at("states").get<std::vector<State>>()),
        obs(file.at("obs").get<std::vector<State>>()),
        rewards(file.at("rewards").get<std::vector<double>>()),
        terminated(file.at("terminated").get<std::vector<bool>>()),
        truncated(file.at("truncated").get<std::vector<bool>>()) {
    const auto integrator = file.at("integrator").get<std::string>();
    if (integrator != "euler" && integrator != "semi-implicit euler")
      throw core::CorruptError("unknown integrator '" + integrator + "'");
    semi_implicit = integrator == "euler" ? 0 : 1;
    states.insert(states.begin(), file.at("start_state").get<State>());
    const auto n = static_cast<std::size_t>(steps);
    if (steps <= 0 || actions.size() != n || states.size() != n + 1 || obs.size() != n ||
        rewards.size() != n || terminated.size() != n || truncated.size() != n)
      throw core::CorruptError("the arrays of an episode are not as long as its steps");
    for (const float& action : actions)
      if (!envs::allowed(CartPole().spec().action, {&action, 1}))
        throw core::CorruptError("an action is not 0 or 1");
  }

  int steps;
  double semi_implicit;
  std::vector<float> actions;
  std::vector<State> states;  // [steps + 1], the start first
  std::vector<State> obs;
  std::vector<double> rewards;
  std::vector<bool> terminated, truncated;
};

double worst_difference(const State& a, const State& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(a[i] - b[i]);
    if (!(difference <= worst)) worst = difference;
  }
  return worst;
}

/// |a − b| in units of the last place of a binary32.
double ulps(float a, float b) {
  if (a == b) return 0;
  const float step = std::nextafter(a, b) - a;
  return std::abs(static_cast<double>(b) - static_cast<double>(a)) / std::abs(static_cast<double>(step));
}

void check_forced(const Episode& episode, Windows& windows) {
  CartPole env;
  env.integrator = episode.semi_implicit;
  RecordedDraws none;
  for (int t = 0; t < episode.steps; ++t) {
    env.state = episode.states[t];
    const auto step = env.step({&episode.actions[t], 1}, none);
    windows.judge("forced state", worst_difference(env.state, episode.states[t + 1]), kForced);
    std::array<float, 4> obs{};
    env.observe(obs);
    for (std::size_t i = 0; i < obs.size(); ++i)
      windows.judge("obs", ulps(obs[i], static_cast<float>(episode.obs[t][i])), 1);
    windows.demand("reward", step.reward == episode.rewards[t]);
    windows.demand("terminated", step.terminated == episode.terminated[t]);
  }
}

void check_free(const Episode& episode, Windows& windows) {
  CartPole env;
  env.integrator = episode.semi_implicit;
  env.state = episode.states[0];
  RecordedDraws none;
  for (int t = 0; t < std::min(episode.steps, kFreeSteps); ++t) {
    env.step({&episode.actions[t], 1}, none);
    windows.judge("free state t<100", worst_difference(env.state, episode.states[t + 1]), kFree);
  }
}

void check_limit(const Episode& episode, Windows& windows) {
  envs::Batch<CartPole> batch_env(1, nullptr);
  envs::StepBatch batch;
  batch_env.reset(0, batch);
  batch_env.set_param("integrator", episode.semi_implicit);
  for (int t = 0; t < episode.steps; ++t) {
    batch_env.env(0).state = episode.states[t];
    batch_env.step({&episode.actions[t], 1}, batch);
    windows.demand("truncated", (batch.truncated[0] != 0) == episode.truncated[t]);
  }
}

}  // namespace

FileReport check_cartpole(const json& file) {
  Windows windows;
  std::int64_t steps = 0;
  for (const json& recorded : file.at("episodes")) {
    const Episode episode(recorded);
    check_forced(episode, windows);
    check_free(episode, windows);
    check_limit(episode, windows);
    steps += episode.steps;
  }
  return windows.report(fmt::format("{} episodes, {} steps", file.at("episodes").size(), steps));
}

}  // namespace rhoam::golden
