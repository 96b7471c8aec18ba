#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/envs/box2d/lander_heuristic.h"
#include "rhoam/envs/box2d/lunar_lander.h"
#include "rhoam/envs/cartpole.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/golden/golden_envs.h"
#include "rhoam/tests/golden/golden_windows.h"

namespace rhoam::golden {
namespace {

using envs::LunarLander;
using nlohmann::json;

constexpr std::uint64_t kSeed = 20260101;  // ours; the recorded episodes have theirs

enum class Outcome { landed, crashed, left_viewport, truncated };

struct Played {
  double episode_return = 0;
  int length = 0;
  Outcome outcome = Outcome::truncated;
};

struct Entry {
  explicit Entry(const json& file)
      : env(file.at("env").get<std::string>()),
        policy(file.at("policy").get<std::string>()),
        continuous(file.value("continuous", false)),
        wind(file.value("enable_wind", false)),
        episodes(file.at("episodes").get<int>()) {
    if (episodes <= 0 || episodes > 1'000'000) throw core::CorruptError("an impossible number of episodes");
  }
  std::string name() const {
    return env + (continuous ? " continuous " : " ") + policy + (wind ? " wind" : "");
  }

  std::string env, policy;
  bool continuous, wind;
  int episodes;
};

/// Plays one episode; `pilot(env, action, stream)` writes the action.
template <class Env, class Pilot>
Played play(Env& env, const envs::EnvSpec& spec, std::uint64_t index, Pilot&& pilot) {
  core::StreamDraws draws(core::Stream(kSeed, core::Purpose::environment, index));
  core::Stream stream(kSeed, core::Purpose::policy, index);
  std::vector<float> action(static_cast<std::size_t>(spec.action.size()));
  env.reset(draws);
  Played played;
  while (played.length < spec.max_episode_steps) {
    pilot(env, std::span<float>(action), stream);
    const auto step = env.step(action, draws);
    played.episode_return += step.reward;
    ++played.length;
    if (!step.terminated) continue;
    played.outcome = step.reward == 100 ? Outcome::landed : Outcome::crashed;
    break;
  }
  return played;
}

void random_action(const envs::ActionSpace& space, std::span<float> action, core::Stream& stream) {
  if (space.discrete())
    action[0] = static_cast<float>(stream.below(static_cast<std::uint64_t>(space.n)));
  else
    for (float& value : action) value = static_cast<float>(stream.uniform(-1, 1));
}

Played play_cartpole(std::uint64_t index) {
  envs::CartPole env;
  const auto spec = env.spec();
  return play(env, spec, index, [&](auto&, std::span<float> action, core::Stream& stream) {
    random_action(spec.action, action, stream);
  });
}

Played play_lander(const Entry& entry, std::uint64_t index) {
  LunarLander env(entry.continuous);
  env.enable_wind = entry.wind ? 1 : 0;
  const auto spec = env.spec();
  std::array<float, 8> obs{};
  const auto pilot = [&](LunarLander& lander, std::span<float> action, core::Stream& stream) {
    lander.observe(obs);
    if (entry.policy == "heuristic")
      envs::lander_heuristic(obs, entry.continuous, action);
    else if (entry.policy == "random")
      random_action(spec.action, action, stream);
    else
      std::ranges::fill(action, 0.0F);
  };
  Played played = play(env, spec, index, pilot);
  env.observe(obs);
  if (played.outcome == Outcome::crashed && std::abs(obs[0]) >= 1) played.outcome = Outcome::left_viewport;
  return played;
}

std::vector<Played> play_all(const Entry& entry, core::ThreadPool& pool) {
  std::vector<Played> played(static_cast<std::size_t>(entry.episodes));
  pool.run(entry.episodes, [&](int i) {
    const auto index = static_cast<std::uint64_t>(i);
    played[index] = entry.env == "CartPole-v1" ? play_cartpole(index) : play_lander(entry, index);
  });
  return played;
}

struct Summary {
  explicit Summary(const std::vector<Played>& all) : played(all) {
    for (const auto& one : all) returns.push_back(one.episode_return);
    std::ranges::sort(returns);
  }
  double mean() const {
    return std::accumulate(returns.begin(), returns.end(), 0.0) / static_cast<double>(returns.size());
  }
  double fraction(Outcome outcome) const {
    return static_cast<double>(std::ranges::count(played, outcome, &Played::outcome)) /
           static_cast<double>(played.size());
  }
  /// Linear between order statistics, as NumPy.
  double quantile(double percent) const {
    const double place = percent / 100 * static_cast<double>(returns.size() - 1);
    const auto below = static_cast<std::size_t>(place), above = std::min(below + 1, returns.size() - 1);
    return returns[below] + (place - std::floor(place)) * (returns[above] - returns[below]);
  }

  const std::vector<Played>& played;
  std::vector<double> returns;  // sorted
};

double recorded_quantile(const json& file, int percent) {
  const auto percents = file.at("quantile_percent").get<std::vector<int>>();
  const auto found = std::ranges::find(percents, percent);
  if (found == percents.end()) throw core::CorruptError(fmt::format("no {} % quantile", percent));
  return file.at("return_quantiles").at(static_cast<std::size_t>(found - percents.begin())).get<double>();
}

/// What the README requires on Box2D 2.4; false where it requires nothing.
bool judge(const Entry& entry, const json& file, const Summary& summary, Windows& windows) {
  const std::string name = entry.name();
  const auto near_quantile = [&](int percent, double tolerance) {
    windows.judge(name, std::abs(summary.quantile(percent) - recorded_quantile(file, percent)), tolerance);
  };
  const auto near_mean = [&](double tolerance) {
    windows.judge(name, std::abs(summary.mean() - file.at("return_mean").get<double>()), tolerance);
  };
  const auto near_fraction = [&](Outcome outcome, const char* key, double tolerance) {
    windows.judge(name, std::abs(summary.fraction(outcome) - file.at("fraction").at(key).get<double>()),
                  tolerance);
  };
  const auto at_least = [&](Outcome outcome, double bound) {
    windows.judge(name, 1 - summary.fraction(outcome), 1 - bound);
  };
  if (entry.wind) return false;
  if (entry.env == "CartPole-v1" && entry.policy == "random") {
    near_mean(1);  // a reward of 1 for every step: the return is the length
  } else if (entry.env == "LunarLander-v3" && entry.policy == "heuristic" && entry.continuous) {
    near_mean(6);
    at_least(Outcome::landed, 0.98);
  } else if (entry.env == "LunarLander-v3" && entry.policy == "heuristic") {
    near_mean(15);
    near_fraction(Outcome::landed, "landed", 0.05);
  } else if (entry.env == "LunarLander-v3" && entry.policy == "noop") {
    near_quantile(50, 5);
    near_quantile(25, 8);
    near_quantile(75, 8);
    at_least(Outcome::crashed, 0.99);
  } else if (entry.env == "LunarLander-v3" && entry.policy == "random") {
    near_quantile(50, 25);
    near_fraction(Outcome::left_viewport, "left_viewport", 0.04);
  } else {
    throw core::CorruptError("no rule for " + name);
  }
  return true;
}

}  // namespace

FileReport check_distributions(const json& file, core::ThreadPool& pool) {
  Windows windows;
  for (const json& recorded : file.at("episodes")) {
    const Entry entry(recorded);
    if (!std::ranges::count(envs::env_ids(), entry.env)) {
      windows.note("no environment " + entry.env);
      continue;
    }
    const auto played = play_all(entry, pool);
    const Summary summary(played);
    if (!judge(entry, recorded, summary, windows))
      windows.note(fmt::format("{}: mean {:.1f}, recorded {:.1f}, printed, not judged", entry.name(),
                               summary.mean(), recorded.at("return_mean").get<double>()));
  }
  return windows.report(fmt::format("{} distributions", file.at("episodes").size()));
}

}  // namespace rhoam::golden
