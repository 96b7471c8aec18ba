#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace rhoam::agents {

/// Scratch memory of one caller of a network: activations of the last forward pass. Never shared between
/// threads.
class Workspace {
 public:
  virtual ~Workspace() = default;
};

/// A named part of the flat parameter vector.
struct ParameterBlock {
  std::string name;                 ///< such as "layer0.weight"
  std::vector<std::int64_t> shape;  ///< row-major
};

/// Floats in a block.
inline std::size_t size_of(const ParameterBlock& block) {
  std::size_t size = 1;
  for (const auto extent : block.shape) size *= static_cast<std::size_t>(extent);
  return size;
}

/// A differentiable function from observations to outputs, over one flat parameter vector.
class Network {
 public:
  virtual ~Network() = default;
  virtual int inputs() const = 0;
  virtual int outputs() const = 0;
  /// Scratch for batches of up to `max_batch` rows.
  virtual std::unique_ptr<Workspace> make_workspace(int max_batch) const = 0;
  /// obs [B, inputs] → out [B, outputs]; B at most the workspace's. A row's result does not depend on the
  /// other rows.
  virtual void forward(std::span<const float> obs, std::span<float> out, Workspace&) const = 0;
  /// After `forward` in the same workspace: adds dL/dθ to `gradient` [P] for dL/d(out) = d_out [B, outputs].
  virtual void backward(std::span<const float> d_out, Workspace&, std::span<float> gradient) const = 0;
  /// The flat parameter vector [P]. After writing to it call `parameters_changed` before the next forward
  /// pass.
  virtual std::span<float> parameters() = 0;
  virtual void parameters_changed() {}
  /// The blocks of the parameter vector, in order, without gaps.
  virtual std::vector<ParameterBlock> blocks() const = 0;
};

/// A contiguous part of a network's flat vector of parameters.
struct Layer {
  std::string name;
  std::size_t begin, size;
};

/// Layers of consecutive blocks whose names agree up to the last dot, such as "layer0"; the free parameters
/// of a policy are the layer "log_std".
std::vector<Layer> layers_of(const std::vector<ParameterBlock>& blocks);

}  // namespace rhoam::agents
