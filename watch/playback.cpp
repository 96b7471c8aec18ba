#include "rhoam/watch/playback.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/core/errors.h"

namespace rhoam::watch {
namespace {

void demand_turnable(const Simulation& simulation, const std::string& name, double value) {
  if (simulation.scripted()) throw core::UsageError("a replay keeps its world");
  const auto params = simulation.params();
  const auto found = std::ranges::find(params, name, &envs::VectorEnv::ParamInfo::name);
  if (found == params.end() || !(value >= found->low && value <= found->high))
    throw core::UsageError(fmt::format("{} cannot have {} {}", simulation.spec().id, name, value));
}

}  // namespace

Playback::Playback(std::vector<Player> players, std::uint64_t first_seed, bool greedy)
    : first_seed_(first_seed), greedy_(greedy), starts_(1) {
  for (auto& player : players) simulations_.emplace_back(std::move(player));
  start();
}

void Playback::start() {
  head_ = 0;
  for (auto& simulation : simulations_) {
    simulation.set_greedy(greedy_);
    simulation.start(number_, first_seed_ + static_cast<std::uint64_t>(number_),
                     starts_[static_cast<std::size_t>(number_)]);
  }
}

std::int64_t Playback::head_of(const Simulation& simulation) const {
  return std::min(head_, simulation.length());
}

bool Playback::at_end() const {
  return std::ranges::all_of(simulations_, [&](const Simulation& simulation) {
    return head_ >= simulation.length() && simulation.over();
  });
}

void Playback::forward(std::span<const float> hand) {
  if (!hand.empty() && simulations_[0].length() > head_) simulations_[0].rewind(head_);
  if (at_end()) return;
  for (auto& simulation : simulations_) {
    if (simulation.over() || simulation.length() > head_) continue;
    if (&simulation == &simulations_[0] && !hand.empty())
      simulation.step(hand);
    else
      simulation.step();
  }
  ++head_;
}

void Playback::play_ahead() {
  for (auto& simulation : simulations_)
    while (!simulation.over()) simulation.step();
}

void Playback::back() { head_ = std::max<std::int64_t>(0, head_ - 1); }

void Playback::restart() { start(); }

void Playback::next() {
  core::Clocks end;
  for (const auto& simulation : simulations_) {
    const auto clocks = simulation.clocks_at(simulation.length());
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
  for (auto& simulation : simulations_)
    if (simulation.length() > head_) simulation.rewind(head_);
}

void Playback::set_greedy(bool greedy) {
  greedy_ = greedy;
  for (auto& simulation : simulations_) {
    simulation.set_greedy(greedy);
    if (!simulation.scripted()) simulation.rewind(head_of(simulation));  // chooses the next action again
  }
}

void Playback::set_param(const std::string& name, double value) {
  for (const auto& simulation : simulations_) demand_turnable(simulation, name, value);
  rewind_to_head();
  for (auto& simulation : simulations_) simulation.set_param(name, value);
}

}  // namespace rhoam::watch
