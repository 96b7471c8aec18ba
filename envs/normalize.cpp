#include "rhoam/envs/normalize.h"

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"

namespace rhoam::envs {
namespace {

/// Calls `task` with the final observation [D] of every row that ended.
template <class Task>
void for_each_final(StepBatch& batch, std::size_t width, Task&& task) {
  for (std::size_t row = 0; row < batch.reward.size(); ++row)
    if (batch.ended(static_cast<int>(row))) task(std::span(batch.final_obs).subspan(row * width, width));
}

}  // namespace

template <class Real>
void RunningMoments::merge(std::span<const Real> samples) {
  const std::size_t width = mean_.size(), n = samples.size() / width;
  if (n == 0) return;
  const auto added = static_cast<double>(n), total = count_ + added;
  for (std::size_t d = 0; d < width; ++d) {
    double batch_mean = 0, squares = 0;
    for (std::size_t i = 0; i < n; ++i) batch_mean += static_cast<double>(samples[i * width + d]);
    batch_mean /= added;
    for (std::size_t i = 0; i < n; ++i) {
      const double deviation = static_cast<double>(samples[i * width + d]) - batch_mean;
      squares += deviation * deviation;
    }
    const double shift = batch_mean - mean_[d];
    variance_[d] = (variance_[d] * count_ + squares + shift * shift * count_ * added / total) / total;
    mean_[d] += shift * added / total;
  }
  count_ = total;
}

void RunningMoments::update(std::span<const float> samples) { merge(samples); }
void RunningMoments::update(std::span<const double> samples) { merge(samples); }

void RunningMoments::save(core::Tensors& out, const std::string& prefix) const {
  out.put(prefix + "/mean", mean());
  out.put(prefix + "/variance", variance());
  out.put(prefix + "/count", std::span<const double>(&count_, 1));
}

void RunningMoments::load(const core::Tensors& in, const std::string& prefix) {
  RunningMoments loaded(static_cast<int>(mean_.size()));
  in.get(prefix + "/mean", std::span<double>(loaded.mean_));
  in.get(prefix + "/variance", std::span<double>(loaded.variance_));
  in.get(prefix + "/count", std::span<double>(&loaded.count_, 1));
  const auto finite = [](double value) { return std::isfinite(value); };
  const auto spread = [](double value) { return std::isfinite(value) && value >= 0; };
  if (!std::ranges::all_of(loaded.mean_, finite) || !std::ranges::all_of(loaded.variance_, spread) ||
      !spread(loaded.count_))
    throw core::CorruptError(prefix + " does not hold a mean and a variance");
  *this = loaded;
}

ObservationNormalizer::ObservationNormalizer(const EnvSpec& spec, int, const NormalizeConfig& config)
    : config_(config), moments_(spec.observation_size()) {}

EnvSpec ObservationNormalizer::spec(EnvSpec raw) const {
  std::ranges::fill(raw.observation, Bound{-config_.clip, config_.clip});
  return raw;
}

void ObservationNormalizer::normalize(std::span<float> obs) const {
  const std::size_t width = moments_.mean().size();
  for (std::size_t d = 0; d < width; ++d) {
    const double mean = moments_.mean()[d], spread = std::sqrt(moments_.variance()[d] + config_.epsilon);
    for (std::size_t i = d; i < obs.size(); i += width) {
      const auto scaled = static_cast<float>((static_cast<double>(obs[i]) - mean) / spread);
      obs[i] = std::clamp(scaled, -config_.clip, config_.clip);
    }
  }
}

void ObservationNormalizer::reset(StepBatch& batch) {
  if (training_) moments_.update(std::span<const float>(batch.obs));
  normalize(batch.obs);
}

void ObservationNormalizer::step(StepBatch& batch) {
  reset(batch);
  for_each_final(batch, moments_.mean().size(), [this](std::span<float> obs) { normalize(obs); });
}

RewardNormalizer::RewardNormalizer(const EnvSpec&, int rows, const NormalizeConfig& config)
    : config_(config), returns_(static_cast<std::size_t>(rows), 0.0) {}

void RewardNormalizer::reset(StepBatch&) { std::ranges::fill(returns_, 0.0); }

void RewardNormalizer::step(StepBatch& batch) {
  if (training_) {
    for (std::size_t row = 0; row < returns_.size(); ++row)
      returns_[row] = returns_[row] * config_.gamma + static_cast<double>(batch.reward[row]);
    moments_.update(std::span<const double>(returns_));
  }
  const double spread = std::sqrt(moments_.variance()[0] + config_.epsilon);
  for (std::size_t row = 0; row < returns_.size(); ++row) {
    const auto scaled = static_cast<float>(static_cast<double>(batch.reward[row]) / spread);
    batch.reward[row] = std::clamp(scaled, -config_.clip, config_.clip);
    if (batch.ended(static_cast<int>(row))) returns_[row] = 0;
  }
}

void RewardNormalizer::save(core::Tensors& out, const std::string& prefix) const {
  moments_.save(out, prefix);
  out.put(prefix + "/returns", std::span<const double>(returns_));
}

void RewardNormalizer::load(const core::Tensors& in, const std::string& prefix) {
  moments_.load(in, prefix);
  in.get(prefix + "/returns", std::span<double>(returns_));
}

ObservationScaler::ObservationScaler(const EnvSpec& spec, int, std::vector<double> factors)
    : factors_(factors.begin(), factors.end()) {
  const bool usable =
      std::ranges::all_of(factors_, [](float factor) { return std::isfinite(factor) && factor != 0; });
  if (!usable || factors_.size() != spec.observation.size())
    throw core::UsageError(spec.id + " needs " + std::to_string(spec.observation.size()) +
                           " finite observation factors other than 0, got " +
                           std::to_string(factors_.size()));
}

EnvSpec ObservationScaler::spec(EnvSpec raw) const {
  for (std::size_t d = 0; d < factors_.size(); ++d) {
    auto& [low, high] = raw.observation[d];
    low *= factors_[d];
    high *= factors_[d];
    if (low > high) std::swap(low, high);
  }
  return raw;
}

void ObservationScaler::scale(std::span<float> obs) const {
  for (std::size_t row = 0; row < obs.size(); row += factors_.size())
    for (std::size_t d = 0; d < factors_.size(); ++d) obs[row + d] *= factors_[d];
}

void ObservationScaler::step(StepBatch& batch) {
  scale(batch.obs);
  for_each_final(batch, factors_.size(), [this](std::span<float> obs) { scale(obs); });
}

RewardScaler::RewardScaler(const EnvSpec& spec, int, double factor) : factor_(static_cast<float>(factor)) {
  if (!std::isfinite(factor_))
    throw core::UsageError(spec.id + ": the reward factor must be finite, not " +
                           core::format_double(factor));
}

}  // namespace rhoam::envs
