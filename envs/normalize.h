#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/filtered.h"

namespace rhoam::envs {

/// Running mean and variance of D components, merged batch by batch (Chan, Golub & LeVeque 1979). Starts like
/// Stable-Baselines3's RunningMeanStd from mean 0, variance 1 and the weight of 1e-4 samples.
class RunningMoments {
 public:
  explicit RunningMoments(int size) : mean_(size, 0.0), variance_(size, 1.0) {}
  /// Merges samples [N, D].
  void update(std::span<const float> samples);
  void update(std::span<const double> samples);

  std::span<const double> mean() const { return mean_; }
  std::span<const double> variance() const { return variance_; }
  double count() const { return count_; }

  void save(core::Tensors& out, const std::string& prefix) const;
  /// Throws CorruptError on another size, or on invalid moments.
  void load(const core::Tensors& in, const std::string& prefix);

 private:
  template <class Real>
  void merge(std::span<const Real> samples);

  std::vector<double> mean_, variance_;
  double count_ = 1e-4;
};

struct NormalizeConfig {
  float clip = 10;        ///< results are clipped to ± this
  double epsilon = 1e-8;  ///< added to the variance
  double gamma = 0.99;    ///< rewards only: discount of the return whose spread they are divided by
};

/// (obs − mean) / √(variance + ε), clipped; final observations too. While training, the statistics include
/// every batch of observations, as in Stable-Baselines3's VecNormalize.
class ObservationNormalizer {
 public:
  static constexpr const char* kName = "normalize_observation";
  ObservationNormalizer(const EnvSpec& spec, int rows, const NormalizeConfig& config = {});
  EnvSpec spec(EnvSpec raw) const;
  void reset(StepBatch& batch);
  void step(StepBatch& batch);
  void save(core::Tensors& out, const std::string& prefix) const { moments_.save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix) { moments_.load(in, prefix); }
  void load_world(const core::Tensors& in, const std::string& prefix) { load(in, prefix); }

  /// false freezes the statistics, as evaluation wants it.
  void set_training(bool training) { training_ = training; }
  const RunningMoments& statistics() const { return moments_; }

 private:
  void normalize(std::span<float> obs) const;

  NormalizeConfig config_;
  RunningMoments moments_;
  bool training_ = true;
};

/// reward / √(variance of the discounted return + ε), clipped; the mean is kept, as in Stable-Baselines3's
/// VecNormalize.
class RewardNormalizer {
 public:
  static constexpr const char* kName = "normalize_reward";
  RewardNormalizer(const EnvSpec& spec, int rows, const NormalizeConfig& config = {});
  EnvSpec spec(EnvSpec raw) const { return raw; }
  void reset(StepBatch& batch);
  void step(StepBatch& batch);
  void save(core::Tensors& out, const std::string& prefix) const;
  void load(const core::Tensors& in, const std::string& prefix);
  void load_world(const core::Tensors& in, const std::string& prefix) { moments_.load(in, prefix); }

  /// false freezes the statistics, as evaluation wants it.
  void set_training(bool training) { training_ = training; }
  const RunningMoments& statistics() const { return moments_; }

 private:
  NormalizeConfig config_;
  RunningMoments moments_{1};
  std::vector<double> returns_;  // [N], discounted sums of the running episodes
  bool training_ = true;
};

/// Each component of the observation times its own constant. Throws UsageError unless there is one finite
/// factor per component.
class ObservationScaler {
 public:
  static constexpr const char* kName = "scale_observation";
  ObservationScaler(const EnvSpec& spec, int rows, std::vector<double> factors);
  EnvSpec spec(EnvSpec raw) const;
  void reset(StepBatch& batch) { scale(batch.obs); }
  void step(StepBatch& batch);
  void save(core::Tensors&, const std::string&) const {}
  void load(const core::Tensors&, const std::string&) {}
  void load_world(const core::Tensors&, const std::string&) {}

 private:
  void scale(std::span<float> obs) const;
  std::vector<float> factors_;
};

/// Rewards times a constant. Throws UsageError unless it is finite.
class RewardScaler {
 public:
  static constexpr const char* kName = "scale_reward";
  RewardScaler(const EnvSpec& spec, int rows, double factor);
  EnvSpec spec(EnvSpec raw) const { return raw; }
  void reset(StepBatch&) {}
  void step(StepBatch& batch) {
    for (float& reward : batch.reward) reward *= factor_;
  }
  void save(core::Tensors&, const std::string&) const {}
  void load(const core::Tensors&, const std::string&) {}
  void load_world(const core::Tensors&, const std::string&) {}

 private:
  float factor_;
};

using NormalizeObservation = Filtered<ObservationNormalizer>;
using NormalizeReward = Filtered<RewardNormalizer>;
using ScaleObservation = Filtered<ObservationScaler>;
using ScaleReward = Filtered<RewardScaler>;

}  // namespace rhoam::envs
