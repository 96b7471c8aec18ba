#include "rhoam/watch/playback.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/core/errors.h"

namespace rhoam::watch {
namespace {

void demand_turnable(const Stage& stage, const std::string& name, double value) {
  if (stage.scripted()) throw core::UsageError("a replay keeps its world");
  const auto params = stage.params();
  const auto found = std::ranges::find(params, name, &envs::VectorEnv::ParamInfo::name);
  if (found == params.end() || !(value >= found->low && value <= found->high))
    throw core::UsageError(fmt::format("{} cannot have {} {}", stage.spec().id, name, value));
}

}  // namespace

Playback::Playback(std::vector<Player> players, std::uint64_t first_seed, bool greedy)
    : first_seed_(first_seed), greedy_(greedy), starts_(1) {
  for (auto& player : players) stages_.emplace_back(std::move(player));
  start();
}

void Playback::start() {
  head_ = 0;
  for (auto& stage : stages_) {
    stage.set_greedy(greedy_);
    stage.start(number_, first_seed_ + static_cast<std::uint64_t>(number_),
                starts_[static_cast<std::size_t>(number_)]);
  }
}

std::int64_t Playback::head_of(const Stage& stage) const { return std::min(head_, stage.length()); }

bool Playback::at_end() const {
  return std::ranges::all_of(stages_,
                             [&](const Stage& stage) { return head_ >= stage.length() && stage.over(); });
}

void Playback::forward(std::span<const float> hand) {
  if (!hand.empty() && stages_[0].length() > head_) stages_[0].rewind(head_);
  if (at_end()) return;
  for (auto& stage : stages_) {
    if (stage.over() || stage.length() > head_) continue;
    if (&stage == &stages_[0] && !hand.empty())
      stage.step(hand);
    else
      stage.step();
  }
  ++head_;
}

void Playback::play_ahead() {
  for (auto& stage : stages_)
    while (!stage.over()) stage.step();
}

void Playback::back() { head_ = std::max<std::int64_t>(0, head_ - 1); }

void Playback::restart() { start(); }

void Playback::next() {
  core::Clocks end;
  for (const auto& stage : stages_) {
    const auto clocks = stage.clocks_at(stage.length());
    if (clocks.steps > end.steps) end = clocks;
  }
  end.episodes = ++number_;
  if (std::ssize(starts_) == number_) starts_.push_back(end);
  start();
}

void Playback::previous() {
  number_ = std::max<std::int64_t>(0, number_ - 1);
  start();
}

void Playback::rewind_to_head() {
  for (auto& stage : stages_)
    if (stage.length() > head_) stage.rewind(head_);
}

void Playback::set_greedy(bool greedy) {
  greedy_ = greedy;
  for (auto& stage : stages_) {
    stage.set_greedy(greedy);
    if (!stage.scripted()) stage.rewind(head_of(stage));  // chooses the next action again
  }
}

void Playback::set_param(const std::string& name, double value) {
  for (const auto& stage : stages_) demand_turnable(stage, name, value);
  rewind_to_head();
  for (auto& stage : stages_) stage.set_param(name, value);
}

}  // namespace rhoam::watch
