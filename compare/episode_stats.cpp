#include "rhoam/compare/episode_stats.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "rhoam/compare/results.h"

namespace rhoam::compare {
Scored::Scored(std::unique_ptr<envs::VectorEnv> inner)
    : inner_(std::move(inner)), last_return_(static_cast<std::size_t>(inner_->size()), kMissing) {}

double Scored::return_now() const {
  double sum = 0;
  int rows = 0;
  for (const double value : last_return_)
    if (!std::isnan(value)) sum += value, ++rows;
  return sum / rows;
}

double Scored::take_regret() {
  return std::exchange(regret_, 0) / static_cast<double>(std::exchange(actions_, 0));
}

void Scored::reset(std::uint64_t seed, envs::StepBatch& batch) {
  inner_->reset(seed, batch);
  forget();
}

void Scored::load(const core::Tensors& in, const std::string& prefix) {
  inner_->load(in, prefix);
  forget();
}

void Scored::forget() {
  std::ranges::fill(last_return_, kMissing);
  regret_ = 0;
  actions_ = 0;
}

void Scored::step(std::span<const float> actions, envs::StepBatch& batch) {
  inner_->step(actions, batch);
  for (int row = 0; row < inner_->size(); ++row)
    if (batch.ended(row)) last_return_[row] = batch.episode_return[row];
  regret_ = std::accumulate(batch.regret.begin(), batch.regret.end(), regret_);
  actions_ += std::ssize(batch.regret);
}

}  // namespace rhoam::compare
