#include "rhoam/compare/episode_stats.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "rhoam/compare/results.h"

namespace rhoam::compare {
EpisodeStats::EpisodeStats(std::unique_ptr<envs::VectorEnv> inner)
    : EnvWrapper(std::move(inner)), last_return_(static_cast<std::size_t>(this->inner().size()), kMissing) {}

double EpisodeStats::return_now() const {
  double sum = 0;
  int rows = 0;
  for (const double value : last_return_)
    if (!std::isnan(value)) sum += value, ++rows;
  return sum / rows;
}

double EpisodeStats::take_regret() {
  return std::exchange(regret_, 0) / static_cast<double>(std::exchange(actions_, 0));
}

void EpisodeStats::reset(std::uint64_t seed, envs::StepBatch& batch) {
  inner().reset(seed, batch);
  forget();
}

void EpisodeStats::load(const core::Tensors& in, const std::string& prefix) {
  inner().load(in, prefix);
  forget();
}

void EpisodeStats::forget() {
  std::ranges::fill(last_return_, kMissing);
  regret_ = 0;
  actions_ = 0;
}

void EpisodeStats::step(std::span<const float> actions, envs::StepBatch& batch) {
  inner().step(actions, batch);
  for (int row = 0; row < inner().size(); ++row)
    if (batch.ended(row)) last_return_[row] = batch.episode_return[row];
  regret_ = std::accumulate(batch.regret.begin(), batch.regret.end(), regret_);
  actions_ += std::ssize(batch.regret);
}

}  // namespace rhoam::compare
