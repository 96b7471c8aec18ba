#include "apps/watch/summary.h"

#include <fmt/core.h>

#include <nlohmann/json.hpp>

#include "apps/app.h"
#include "apps/watch/overlays.h"
#include "core/statistics.h"

namespace rhoam::watch {

void Summary::add(const Playback& playback, std::FILE* out) {
  ++episodes_;
  const auto stages = playback.stages();
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const auto& episode = stages[i].episode();
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

std::string Summary::json(const std::string& env, const std::string& recorded) const {
  nlohmann::ordered_json results = nlohmann::ordered_json::array();
  std::vector<double> returns;
  for (const auto& result : results_) {
    returns.push_back(result.episode_return);
    results.push_back({{"player", result.stage},
                       {"seed", result.seed},
                       {"return", result.episode_return},
                       {"length", result.length},
                       {"ending", result.ending},
                       {"state_hash", fmt::format("{:016x}", result.hash)}});
  }
  // What is not a number becomes null.
  return apps::to_text(nlohmann::ordered_json{
      {"env", env},
      {"episodes", episodes_},
      {"return_mean", core::mean(returns)},
      {"results", results},
      {"recorded", recorded.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(recorded)},
      {"frames_per_second", frame_rate_}});
}

}  // namespace rhoam::watch
