#pragma once
#include <torch/optim/optimizer.h>

#include <memory>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::optim {

/// Options of one parameter group. `lr` starts at the config's learning rate and may be changed, also by
/// LibTorch's schedulers; where the config's is a schedule, `lr` starts at 1 and multiplies it.
struct TorchOptimizerOptions : torch::optim::OptimizerCloneableOptions<TorchOptimizerOptions> {
  explicit TorchOptimizerOptions(OptimizerConfig config = {});
  double get_lr() const override { return lr; }
  void set_lr(double value) override { lr = value; }

  OptimizerConfig config;
  double lr;
};

class TorchGroup;

/// A recipe as a torch::optim::Optimizer, for one or several parameter groups of float32 or float64 tensors
/// on the CPU: TorchOptimizer(module->parameters(), {.lr = 0.01, .rho = rho_of_half_life(50)}). A parameter
/// without a gradient is skipped with all its state, as LibTorch does; so each has its own count of updates.
/// Clipping by norm is per group, over the gradients that are present. Where v is pooled by layer, a layer is
/// a tensor; a v of the network or an automatic ρ is shared by the parameters of a group that have had their
/// gradients in the same steps. Sparse gradients are refused.
class TorchOptimizer final : public torch::optim::Optimizer {
 public:
  explicit TorchOptimizer(std::vector<torch::optim::OptimizerParamGroup> groups,
                          OptimizerConfig defaults = {});
  explicit TorchOptimizer(std::vector<at::Tensor> parameters, OptimizerConfig defaults = {});
  ~TorchOptimizer() override;

  /// One update of every parameter with a gradient. Throws std::invalid_argument naming a parameter of
  /// another kind or with a sparse gradient, or when a group has changed its size; then nothing is stepped.
  at::Tensor step(LossClosure closure = nullptr) override;
  /// The clocks that schedules are read at; the optimizer counts `updates` itself.
  void set_clocks(const core::Clocks& clocks) { clocks_ = clocks; }

  /// State and learning rates, by name under `prefix`. `load` throws CorruptError when the groups differ.
  void save(core::Tensors& out, const std::string& prefix) const;
  void load(const core::Tensors& in, const std::string& prefix);
  /// The same through torch::save and torch::load.
  void save(torch::serialize::OutputArchive& archive) const override;
  void load(torch::serialize::InputArchive& archive) override;

 private:
  void make_groups() const;
  std::unique_ptr<TorchGroup> make_group(std::size_t index) const;

  // Made when first needed, since groups may be added after construction.
  mutable std::vector<std::unique_ptr<TorchGroup>> groups_;
  core::Clocks clocks_;
};

}  // namespace rhoam::optim
