#include "rhoam/agents/train.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "rhoam/agents/finite.h"
#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

/// Whether a training can have counted this far, with room to count on without overflow.
bool countable(std::int64_t count) { return count >= 0 && count < std::int64_t{1} << 53; }

/// Adds the last step of every row to the clocks and the recent episodes.
void count(const envs::StepBatch& batch, Progress& progress) {
  const int rows = static_cast<int>(batch.reward.size());
  const std::int64_t episodes = progress.clocks.episodes;
  progress.clocks.steps += rows;
  for (int row = 0; row < rows; ++row) {
    if (!batch.ended(row)) continue;
    ++progress.clocks.episodes;
    progress.recent.add(batch.episode_return[row], batch.episode_length[row]);
  }
  if (progress.clocks.episodes > episodes) progress.clocks.episode_length = progress.recent.length_mean();
}

}  // namespace

void train(envs::VectorEnv& env, Agent& agent, Progress& progress, std::int64_t total_steps,
           const AfterIteration& after_iteration) {
  auto& clocks = progress.clocks;
  auto& batch = progress.batch;
  std::vector<float> actions(static_cast<std::size_t>(env.size()) * env.spec().action.size());
  while (clocks.steps < total_steps) {
    std::optional<Metrics> metrics;
    while (!metrics) {
      if (env.set_clocks(clocks))
        for (const auto& each : agent.learners()) each.learner->world_changed();
      agent.act(batch.obs, actions);
      env.step(actions, batch);
      agent.observe(batch);
      count(batch, progress);
      metrics = agent.update(clocks);
    }
    clocks.updates = agent.updates();
    if (!after_iteration(*metrics)) return;
  }
}

void RecentEpisodes::add(double episode_return, std::int64_t length) {
  returns_[count_ % kWindow] = episode_return;
  lengths_[count_ % kWindow] = static_cast<double>(length);
  ++count_;
}

double RecentEpisodes::mean(const Ring& values) const {
  if (count_ == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto size = std::min(count_, kWindow);
  return std::accumulate(values.begin(), values.begin() + size, 0.0) / static_cast<double>(size);
}

void RecentEpisodes::save(core::Tensors& out) const {
  out.put("progress/recent_count", std::span<const std::int64_t>(&count_, 1));
  out.put("progress/recent_returns", std::span<const double>(returns_));
  out.put("progress/recent_lengths", std::span<const double>(lengths_));
}

void RecentEpisodes::load(const core::Tensors& in) {
  in.get("progress/recent_count", std::span(&count_, 1));
  if (!countable(count_)) throw core::CorruptError("progress/recent_count is out of range");
  in.get("progress/recent_returns", std::span<double>(returns_));
  in.get("progress/recent_lengths", std::span<double>(lengths_));
}

void Progress::save(core::Tensors& out) const {
  const std::int64_t counts[] = {clocks.steps, clocks.updates, clocks.episodes};
  out.put("progress/clocks", std::span<const std::int64_t>(counts));
  out.put("progress/obs", std::span<const float>(batch.obs));
  recent.save(out);
}

void Progress::load(const core::Tensors& in, int rows, int observation_size) {
  std::int64_t counts[3];
  in.get("progress/clocks", std::span<std::int64_t>(counts));
  for (const auto count : counts)
    if (!countable(count)) throw core::CorruptError("progress/clocks is out of range");
  batch.resize(rows, observation_size);
  in.get("progress/obs", std::span<float>(batch.obs));
  if (!all_finite(batch.obs)) throw core::CorruptError("progress/obs is not finite");
  recent.load(in);
  clocks = {.steps = counts[0],
            .updates = counts[1],
            .episodes = counts[2],
            .episode_length = counts[2] > 0 ? recent.length_mean() : 0};
}

}  // namespace rhoam::agents
