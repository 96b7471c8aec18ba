#include "apps/watch/game.h"

#include <fmt/core.h>

#include <cstdio>
#include <utility>

#include "core/errors.h"
#include "core/safetensors.h"
#include "core/shell.h"
#include "core/statistics.h"

namespace rhoam::watch {

Game::Game(const Playback& playback, std::optional<Rival> rival, std::string out)
    : playback_(playback),
      rival_(std::move(rival)),
      out_(std::move(out)),
      replay_{playback.stages()[0].player().setting, {}} {}

std::string Game::add() {
  const auto& episode = playback_.stages()[0].episode();
  replay_.episodes.push_back(episode);
  save();
  mine_.push_back(episode.episode_return);
  std::string line = fmt::format("you {:.0f}", mine_.back());
  if (!rival_) return line;
  theirs_.push_back(rival_->play(episode));
  return line + fmt::format(" · agent {:.0f}", theirs_.back());
}

void Game::save() {
  try {
    core::write_safetensors(out_, to_tensors(replay_));
    failure_.clear();
  } catch (const core::IoError& error) {
    failure_ = error.what();
  }
}

void Game::finish() {
  if (!failure_.empty()) save();
  if (mine_.empty()) {
    fmt::print("no episode was flown to its end: nothing is saved\n");
  } else {
    fmt::print("{} episode{}: you {:.1f}", mine_.size(), mine_.size() == 1 ? "" : "s", core::mean(mine_));
    if (!theirs_.empty()) fmt::print(", the agent {:.1f}", core::mean(theirs_));
    fmt::print("\n");
    if (failure_.empty()) fmt::print("saved in {}; next: rhoam watch {}\n", out_, core::shell_path(out_));
  }
  std::fflush(stdout);
  if (!failure_.empty()) throw core::IoError(failure_);
}

}  // namespace rhoam::watch
