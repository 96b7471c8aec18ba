#pragma once
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/watch/player.h"

namespace rhoam::watch {

/// The networks of the programs without LibTorch.
agents::Networks networks();

/// Makes a run directory with an agent that has learned for a moment. `options`: in the grammar of a config
/// file.
void train(const std::filesystem::path& run, const std::string& env, const std::string& options = "");

/// The last checkpoint of such an agent.
core::Tensors trained(const std::string& env, const std::string& options = "");

/// Such an agent in its world.
Player agent(const std::string& env);

/// Random actions in a world with these parameters and drifts.
Player random_player(const std::string& env, std::vector<std::string> params = {},
                     std::vector<std::string> drifts = {});

/// A list of one.
template <class Only>
std::vector<Only> only(Only element) {
  std::vector<Only> list;
  list.push_back(std::move(element));
  return list;
}

/// "NAME:sine:…" or "NAME:ou:…" of the first parameter of an environment, within its range.
std::string wave_of(const std::string& env);
std::string wandering_of(const std::string& env);

/// How an episode went.
struct Played {
  std::vector<std::uint64_t> hashes;  ///< as in an Episode
  double episode_return = 0;
  std::int64_t length = 0;
  bool operator==(const Played&) const = default;
};

/// The same episode that a simulation would play, without one: nothing is drawn or remembered.
Played play_headless(Player& player, std::uint64_t seed, const core::Clocks& start, bool greedy);

}  // namespace rhoam::watch
