#pragma once
#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::optim {

/// Parameters of one type that have had a gradient in the same steps, as one flat vector with an optimizer.
class TorchPart {
 public:
  virtual ~TorchPart() = default;
  /// Copies values and gradients of its members out of `parameters`; returns Σg².
  virtual double gather(const std::vector<at::Tensor>& parameters) = 0;
  /// One update with the gradient that was gathered, times `scale`.
  virtual void step(std::vector<at::Tensor>& parameters, double scale, double lr,
                    const core::Clocks& clocks) = 0;
  virtual void save(core::Tensors& out, const std::string& prefix) const = 0;
  virtual void load(const core::Tensors& in, const std::string& prefix) = 0;
};

/// One parameter group. A parameter without a gradient is skipped, as by LibTorch's own optimizers: its
/// value, its state and its count of updates stay. Parameters begin with their first gradient, and those that
/// begin together stay one part until a step in which some of them have a gradient and others have none.
class TorchGroup {
 public:
  /// `index` is that of the group, for errors. Throws std::invalid_argument for tensors that are not
  /// floating-point or not on the CPU.
  TorchGroup(OptimizerConfig config, const std::vector<at::Tensor>& parameters, std::size_t index);

  /// Throws std::invalid_argument when the sizes have changed, or naming a parameter whose gradient is sparse
  /// or whose type is neither float32 nor float64.
  void check(const std::vector<at::Tensor>& parameters) const;
  /// After `check`.
  void step(std::vector<at::Tensor>& parameters, double lr, const core::Clocks& clocks);

  void save(core::Tensors& out, const std::string& prefix) const;
  /// Into a group that has not been stepped. Throws CorruptError.
  void load(const core::Tensors& in, const std::string& prefix, const std::vector<at::Tensor>& parameters);

 private:
  struct Member {
    std::vector<std::size_t> parameters;  ///< indices within the group, rising
    std::unique_ptr<TorchPart> part;
  };
  Member make_member(const std::vector<at::Tensor>& parameters, std::vector<std::size_t> indices) const;
  /// Splits every part of which only some parameters have a gradient.
  void split(const std::vector<at::Tensor>& parameters, const std::vector<bool>& present);
  Member part_of(const Member& whole, const std::vector<at::Tensor>& parameters,
                 const std::vector<bool>& wanted) const;
  /// Makes parts of the parameters that have a gradient for the first time.
  void begin(const std::vector<at::Tensor>& parameters, const std::vector<bool>& present);
  /// The factor that clips a gradient of this norm.
  double clipping(double norm, const core::Clocks& clocks);
  std::string name_of(std::size_t parameter) const;
  std::vector<std::int64_t> part_of_each() const;

  OptimizerConfig config_;  ///< without the clipping by norm, which applies to all parts together
  core::Schedule clip_norm_;
  std::vector<std::int64_t> sizes_;  ///< of the parameters
  std::size_t index_;
  std::vector<Member> members_;
};

}  // namespace rhoam::optim
