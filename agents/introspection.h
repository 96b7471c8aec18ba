#pragma once
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/network.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/csv.h"
#include "rhoam/optim/optimizer.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::agents {

/// √Σx² in double.
double norm(std::span<const float> x);

/// Fisher's kurtosis of the n values, Σ(x−x̄)⁴/n / (Σ(x−x̄)²/n)²: 3 for a Gaussian. NaN when all are equal.
double kurtosis(std::span<const float> x);

/// Figures of an optimizer step on one network:
///   <layer>/root_v_p05, _p50, _p95         quantiles of √v̂ over the layer's parameters
///   <layer>/effective_lr_p05, _p50, _p95   and of lr/(√v̂ + ε)
///   <layer>/update_ratio                   ‖Δθ‖/‖θ‖, θ from before the step
///   grad_norm_clipped                      norm of the gradient after clipping
///   cosine                                 between the gradient, before clipping, and −Δθ
///   kurtosis                               of the gradient's components
/// Layers are those of layers_of. Quantiles leave out values that are not finite; a layer of more than
/// kSampled parameters is sampled at even distances, so that introspection stays cheap for large networks.
/// Figures that are not defined, such as √v without a v or 0/0, are NaN.
class Introspection {
 public:
  static constexpr std::size_t kSampled = 2048;

  /// For the network of these blocks and its optimizer.
  Introspection(const std::vector<ParameterBlock>& blocks, const optim::OptimizerConfig& config);

  /// Call right before a step: keeps θ [P].
  void before_step(std::span<const float> theta, const core::Clocks& clocks);
  /// The figures of the step since then: always the same names in the same order. Valid until the next call.
  /// Allocates nothing.
  std::span<const core::Metric> after_step(std::span<const float> theta, std::span<const float> gradient,
                                           const optim::Optimizer<float>& optimizer);

  /// The same figures without a step: all NaN.
  std::span<const core::Metric> missing();

 private:
  std::span<float> sample(std::span<const float> values);
  double update_ratio(const Layer& layer, std::span<const float> theta) const;
  double clipped_norm(std::span<const float> gradient);
  double cosine(std::span<const float> theta, std::span<const float> gradient) const;

  std::vector<Layer> layers_;
  std::vector<core::Metric> figures_;
  std::unique_ptr<optim::Optimizer<float>> clipping_;  ///< subtracts exactly the clipped gradient
  core::Clocks clocks_;
  std::vector<float> before_, root_v_, effective_rate_, clipped_, sample_;
};

}  // namespace rhoam::agents
