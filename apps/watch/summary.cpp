#include "apps/watch/summary.h"

#include <fmt/core.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "apps/app.h"
#include "apps/watch/overlays.h"
#include "core/statistics.h"

namespace rhoam::watch {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void Summary::add(const Playback& playback, std::FILE* out) {
  ++episodes_;
  const auto stages = playback.stages();
  titles_.resize(stages.size());
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto& episode = stages[i].episode();
    titles_[i] = stages[i].player().title;
    results_.push_back({.stage = i,
                        .seed = episode.seed,
                        .episode_return = episode.episode_return,
                        .length = stages[i].length(),
                        .ending = overlay_of(stages[i], stages[i].length()).banner,
                        .hash = episode.hashes.back()});
    const auto& result = results_.back();
    if (out != nullptr)
      fmt::print(out, "episode {}, seed {}{}: return {:.1f} in {} steps, {}\n", playback.number() + 1,
                 result.seed, stages.size() > 1 ? ", " + stages[i].player().title : "", result.episode_return,
                 result.length, result.ending);
  }
}

std::vector<double> Summary::returns_of(std::size_t player) const {
  std::vector<double> returns;
  for (const auto& result : results_)
    if (result.stage == player) returns.push_back(result.episode_return);
  return returns;
}

std::string Summary::json(const std::string& env, const std::string& recorded) const {
  auto players = nlohmann::ordered_json::array(), results = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < titles_.size(); ++i)
    players.push_back({{"title", titles_[i]}, {"return_mean", core::mean(returns_of(i))}});
  for (const auto& result : results_)
    results.push_back({{"player", result.stage},
                       {"seed", result.seed},
                       {"return", result.episode_return},
                       {"length", result.length},
                       {"ending", result.ending},
                       {"state_hash", fmt::format("{:016x}", result.hash)}});
  const double alone = titles_.size() == 1 ? core::mean(returns_of(0)) : kMissing;
  // What is not a number becomes null.
  return apps::to_text(nlohmann::ordered_json{
      {"env", env},
      {"episodes", episodes_},
      {"return_mean", alone},
      {"players", players},
      {"results", results},
      {"recorded", recorded.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(recorded)},
      {"frames_per_second", frame_rate_}});
}

}  // namespace rhoam::watch
