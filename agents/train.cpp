#include "agents/train.h"

#include <limits>
#include <numeric>

#include "core/errors.h"

namespace rhoam::agents {
namespace {

double mean(const std::deque<double>& values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Takes the last step of every row into the clocks and the recent episodes.
void count(const envs::StepBatch& batch, Progress& progress) {
  const int rows = static_cast<int>(batch.reward.size());
  progress.clocks.steps += rows;
  for (int row = 0; row < rows; ++row) {
    if (!batch.ended(row)) continue;
    ++progress.clocks.episodes;
    progress.recent.add(batch.episode_return[row], batch.episode_length[row]);
  }
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
      env.set_clocks(clocks);
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
  if (returns_.size() == kWindow) {
    returns_.pop_front();
    lengths_.pop_front();
  }
  returns_.push_back(episode_return);
  lengths_.push_back(static_cast<double>(length));
}

double RecentEpisodes::return_mean() const { return mean(returns_); }
double RecentEpisodes::length_mean() const { return mean(lengths_); }

void RecentEpisodes::save(core::Tensors& out) const {
  const std::vector<double> returns(returns_.begin(), returns_.end()), lengths(lengths_.begin(), lengths_.end());
  out.put("progress/returns", std::span<const double>(returns));
  out.put("progress/lengths", std::span<const double>(lengths));
}

void RecentEpisodes::load(const core::Tensors& in) {
  const std::size_t size = in.words("progress/returns").size();
  std::vector<double> returns(size), lengths(size);
  in.get("progress/returns", std::span<double>(returns));
  in.get("progress/lengths", std::span<double>(lengths));
  returns_.assign(returns.begin(), returns.end());
  lengths_.assign(lengths.begin(), lengths.end());
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
    if (count < 0) throw core::CorruptError("progress/clocks holds a negative count");
  clocks = {counts[0], counts[1], counts[2]};
  batch.resize(rows, observation_size);
  in.get("progress/obs", std::span<float>(batch.obs));
  recent.load(in);
}

}  // namespace rhoam::agents
