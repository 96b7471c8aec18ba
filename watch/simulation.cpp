#include "rhoam/watch/simulation.h"

#include <fmt/core.h>

#include <algorithm>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/envs/params.h"

namespace rhoam::watch {
namespace {

constexpr double kMostUpdates = 0x1p62;  // the product with a file's value may overflow int64

training::World world_of(const Player& player) {
  if (!player.trainee) return make_world(player.setting);
  const AgentView beholder{player.trainee->config, player.trainee->checkpoint};
  return make_world(player.setting, &beholder);
}

}  // namespace

Simulation::Simulation(Player player) : player_(std::move(player)), world_(world_of(player_)) {}

void Simulation::recast(Player player) {
  player.setting.params = std::move(player_.setting.params);
  player.setting.drifts = std::move(player_.setting.drifts);
  player_ = std::move(player);
  for (auto& moment : moments_) moment.thought = {};  // another policy may fill in fewer fields
}

core::Clocks Simulation::clocks_at(std::int64_t step) const {
  core::Clocks clocks = episode_.start;
  clocks.steps += step;
  const double updates = static_cast<double>(clocks.steps) * player_.setting.updates_per_step;
  clocks.updates = static_cast<std::int64_t>(std::min(updates, kMostUpdates));
  return clocks;
}

void Simulation::start(std::int64_t number, std::uint64_t seed, const core::Clocks& clocks) {
  const auto& script = player_.script;
  if (script.empty()) return begin(seed, clocks);
  perform(script[static_cast<std::size_t>(number) % script.size()]);
}

void Simulation::begin(std::uint64_t seed, const core::Clocks& clocks) {
  world_ = world_of(player_);  // random drifts cannot rewind; also restores parameters changed by hand
  episode_ = {.seed = seed, .start = clocks};
  executed_.clear();
  length_ = 0;
  terminated_ = truncated_ = false;
  world_.env->reset(seed, batch_);
  take_moment();
}

std::string Simulation::ending() const {
  if (!terminated_) return "time limit";
  const auto& text = moment(length_).scene.ending().text;
  return text.empty() ? "the end" : text;
}

void Simulation::take_moment() {
  world_.env->set_clocks(clocks_at(length_));
  if (std::ssize(moments_) == length_) moments_.emplace_back();
  Moment& moment = moments_[static_cast<std::size_t>(length_)];
  moment.scene.clear();
  world_.env->draw(0, moment.scene);
  moment.action.clear();
  moment.executed = executed_;
  moment.drifting.clear();
  if (world_.drifting != nullptr)
    moment.drifting.assign(world_.drifting->values().begin(), world_.drifting->values().end());
  moment.episode_return = episode_.episode_return;
  player_.controller->think(batch_.obs, moment.thought);
  if (over()) return;
  moment.action.resize(static_cast<std::size_t>(spec().action.size()));
  player_.controller->act(moment.thought, episode_.seed, length_, greedy_, moment.action);
}

void Simulation::step() { step(std::vector(moment(length_).action)); }

void Simulation::step(std::span<const float> action) {
  moments_[static_cast<std::size_t>(length_)].action.assign(action.begin(), action.end());
  episode_.actions.insert(episode_.actions.end(), action.begin(), action.end());
  world_.env->step(action, batch_);
  const auto executed = alters_actions() ? world_.env->executed(0) : action;
  executed_.assign(executed.begin(), executed.end());
  ++length_;
  terminated_ = batch_.terminated[0] != 0;
  truncated_ = batch_.truncated[0] != 0;
  episode_.episode_return = over() ? batch_.episode_return[0] : episode_.episode_return + batch_.reward[0];
  if (over() || length_ % Episode::kHashEvery == 0) episode_.hashes.push_back(world_.env->state_hash());
  take_moment();
}

void Simulation::set_param(const std::string& name, double value) {
  world_.env->set_param(name, value);
  episode_.changes.push_back({length_, name, value});
  take_moment();
}

void Simulation::rewind(std::int64_t steps) {
  const Episode before = std::exchange(episode_, {});
  begin(before.seed, before.start);
  repeat(before, steps);
}

void Simulation::repeat(const Episode& script, std::int64_t steps) {
  auto change = script.changes.begin();
  const auto width = static_cast<std::size_t>(spec().action.size());
  for (std::int64_t step = 0; step <= steps; ++step) {
    for (; change != script.changes.end() && change->step == step; ++change)
      set_param(change->param, change->value);
    if (step == steps) break;
    const auto action = std::span(script.actions).subspan(static_cast<std::size_t>(step) * width, width);
    if (over() || !envs::allowed(spec().action, action))
      throw core::CorruptError(fmt::format("the replay cannot go on after step {}", step));
    this->step(action);
  }
}

void Simulation::perform(const Episode& script) {
  begin(script.seed, script.start);
  const int width = spec().action.size();
  const auto steps = std::ssize(script.actions) / width;
  if (std::ssize(script.actions) % width != 0) throw core::CorruptError("the replay's actions are cut");
  if (!script.changes.empty() && script.changes.back().step > steps)
    throw core::CorruptError("the replay turns a parameter after its end");
  try {
    repeat(script, steps);
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
  if (!over()) throw core::CorruptError("the replay stops before the end of its episode");
  const auto [mine, theirs] = std::ranges::mismatch(episode_.hashes, script.hashes);
  if (mine != episode_.hashes.end() || theirs != script.hashes.end())
    throw core::CorruptError(
        fmt::format("the replay does not come out as it was recorded: the state differs by step {}",
                    std::min(length_, (mine - episode_.hashes.begin() + 1) * Episode::kHashEvery)));
}

}  // namespace rhoam::watch
