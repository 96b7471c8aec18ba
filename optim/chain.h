#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "optim/optimizer.h"
#include "optim/transform.h"

namespace rhoam::optim {

/// Runs stages block by block, every stage over a block while it is in cache, then θ ← θ − rate·u.
template <class Scalar>
class Chain final : public Optimizer<Scalar> {
 public:
  /// State can be loaded only into the same recipe and size with the same state vectors. Null stages are
  /// dropped.
  Chain(const std::string& recipe, Stages<Scalar> stages, Hyper rate, std::size_t size);
  void step(std::span<Scalar> theta, std::span<const Scalar> gradient, const core::Clocks& clocks) override;
  double gradient_norm() const override { return moment_.gradient_norm; }
  void set_rate_factor(double factor) override { rate_factor_ = factor; }
  void save(core::Tensors& out, const std::string& prefix) const override;
  void load(const core::Tensors& in, const std::string& prefix) override;

 private:
  struct Pass;
  void run(const Pass& pass);
  void check_identity(const core::Tensors& in, const std::string& prefix) const;

  std::string identity_;
  Stages<Scalar> stages_;
  Hyper rate_;
  std::size_t size_;
  std::vector<std::size_t> cuts_;  ///< 0, the index of each stage that reduces, the number of stages
  std::vector<Scalar> update_;  ///< u: one block, or the whole vector when a stage reduces what another wrote
  State<Scalar> state_;
  Moment moment_;
  double rate_factor_ = 1;
};

}  // namespace rhoam::optim
