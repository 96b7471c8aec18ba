#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "rhoam/optim/fusion.h"
#include "rhoam/optim/optimizer.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// Runs stages block by block, neighbours in one loop where possible, then θ ← θ − rate·u.
template <class Scalar>
class Chain final : public Optimizer<Scalar> {
 public:
  /// State can be loaded only into the same recipe and size with the same state vectors. Null stages are
  /// dropped.
  Chain(const std::string& recipe, Stages<Scalar> stages, Hyper rate, std::size_t size);
  void step(std::span<Scalar> theta, std::span<const Scalar> gradient, const core::Clocks& clocks) override;
  void set_rate_factor(double factor) override { rate_factor_ = factor; }
  void set_pool(core::ThreadPool* pool) override;
  void rescale_v(double factor) override;
  double gradient_norm() const override { return moment_.gradient_norm; }
  double memory() const override;
  bool inspect(std::span<Scalar> root_v, std::span<Scalar> effective_rate) const override;
  void save(core::Tensors& out, const std::string& prefix) const override;
  void load(const core::Tensors& in, const std::string& prefix) override;

 private:
  struct Pass;
  void run(const Pass& pass);
  /// Blocks first … last−1, with room for one block of u.
  void run_blocks(const Pass& pass, std::size_t first, std::size_t last, Scalar* room);
  void check_identity(const core::Tensors& in, const std::string& prefix) const;

  std::string identity_;
  Stages<Scalar> stages_;
  Stage<Scalar> identity_stage_;
  std::vector<Link<Scalar>> links_;
  Hyper rate_;
  std::size_t size_;
  std::vector<std::size_t> cuts_;  ///< 0, the index of each link that reduces, the number of links
  bool whole_;                     ///< a stage reduces what another wrote, so that all of u is kept
  core::ThreadPool* pool_ = nullptr;
  std::vector<Scalar> update_;  ///< u: the whole vector or one block for each task
  Scalar rate_now_ = 0;
  State<Scalar> state_;
  Moment moment_;
  double rate_factor_ = 1;
};

}  // namespace rhoam::optim
