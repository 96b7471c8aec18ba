#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/vector_env.h"

namespace rhoam::compare {

/// Passes everything through and keeps count of how well the agent does, step by step. A reset or a load
/// begins the count anew.
class Scored final : public envs::VectorEnv {
 public:
  explicit Scored(std::unique_ptr<envs::VectorEnv> inner);

  /// Mean over the rows of the return of their last finished episode; NaN until one has ended.
  double return_now() const;
  /// Mean regret of the actions since the last call; NaN where the environment knows none.
  double take_regret();

  const envs::EnvSpec& spec() const override { return inner_->spec(); }
  int size() const override { return inner_->size(); }
  void reset(std::uint64_t seed, envs::StepBatch& batch) override;
  void step(std::span<const float> actions, envs::StepBatch& batch) override;
  void park(int row) override { inner_->park(row); }
  void hold_ends() override { inner_->hold_ends(); }
  std::uint64_t state_hash() const override { return inner_->state_hash(); }
  void draw(int row, envs::DrawList& out) const override { inner_->draw(row, out); }
  std::span<const float> executed(int row) const override { return inner_->executed(row); }
  void set_param(const std::string& name, double value) override { inner_->set_param(name, value); }
  std::vector<ParamInfo> params() const override { return inner_->params(); }
  bool set_clocks(const core::Clocks& clocks) override { return inner_->set_clocks(clocks); }
  void save(core::Tensors& out, const std::string& prefix) const override { inner_->save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix) override;
  void load_world(const core::Tensors& in, const std::string& prefix) override {
    inner_->load_world(in, prefix);
  }

 private:
  void forget();

  std::unique_ptr<envs::VectorEnv> inner_;
  std::vector<double> last_return_;  ///< [N], NaN before the first
  double regret_ = 0;                ///< since the last call
  std::int64_t actions_ = 0;
};

}  // namespace rhoam::compare
