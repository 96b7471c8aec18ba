#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/env_wrapper.h"

namespace rhoam::compare {

/// Forwards everything and tracks the agent's performance, step by step. A reset or a load restarts the
/// statistics.
class EpisodeStats final : public envs::EnvWrapper {
 public:
  explicit EpisodeStats(std::unique_ptr<envs::VectorEnv> inner);

  /// Mean over the rows of the return of their last finished episode; NaN until one has ended.
  double return_now() const;
  /// Mean regret of the actions since the last call; NaN where the environment knows none.
  double take_regret();

  void reset(std::uint64_t seed, envs::StepBatch& batch) override;
  void step(std::span<const float> actions, envs::StepBatch& batch) override;
  void load(const core::Tensors& in, const std::string& prefix) override;

 private:
  void forget();

  std::vector<double> last_return_;  ///< [N], NaN before the first
  double regret_ = 0;                ///< since the last call
  std::int64_t actions_ = 0;
};

}  // namespace rhoam::compare
