#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/aligned.h"
#include "rhoam/agents/gradient_scale.h"
#include "rhoam/agents/introspection.h"
#include "rhoam/agents/network.h"
#include "rhoam/agents/update_pace.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/statistics.h"
#include "rhoam/core/tensors.h"
#include "rhoam/optim/optimizer.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::agents {

/// Rows of a minibatch that go through the network together: large enough for full speed, small enough for
/// the first-level cache.
constexpr int kChunk = 64;

/// A network, its optimizer and the buffers of its update. Used by one thread at a time. `gradient_scale`
/// multiplies the whole gradient before the optimizer sees it, at the clocks of the iteration and the
/// learner's own count of updates.
class Learner {
 public:
  Learner(std::unique_ptr<Network> network, const optim::OptimizerConfig& config,
          ScaleDrift gradient_scale = {});

  Network& network() { return *network_; }
  std::int64_t updates() const { return updates_; }
  const optim::OptimizerConfig& config() const { return config_; }
  /// Measured rates of the clocks at the end of an iteration at `clocks`.
  core::ClockRates rates(core::Clocks clocks) const;
  /// Norm of the last gradient, before clipping.
  double gradient_norm() const;
  /// Learning rate of the last step, with its factor; NaN before the first.
  double learning_rate() const { return rate_; }
  /// Memory of the optimizer's v at its last step, in updates; NaN without one.
  double memory() const { return optimizer_->memory(); }
  /// Least and greatest memory since the last call, for an automatic ρ; NaN without a step or a v.
  core::Interval take_memory_range();

  /// Mean of √v̂ over the parameters at the last step; NaN for an optimizer that does not divide by √v.
  double mean_root_v();

  /// Makes optimizer steps from this many environment steps on keep what introspection() needs, a copy of the
  /// parameters; by default none does. Changes no result.
  void introspect_from(std::int64_t env_steps);
  /// Figures of the last step; see Introspection. NaN when no step since introspect_from kept them. Valid
  /// until the next call. Throws std::logic_error before introspect_from.
  std::span<const core::Metric> introspection();

  /// One optimizer step on the samples `rows` of `obs` [·, D]. For each chunk `loss_gradient(rows, outputs,
  /// d_outputs, gradient)` writes dL/d(outputs) [B, O] and may add to `gradient` [P]. Chunks are added in
  /// order.
  template <class LossGradient>
  void update(std::span<const std::int32_t> rows, std::span<const float> obs, core::Clocks clocks,
              LossGradient&& loss_gradient) {
    add_up(rows, obs, loss_gradient);
    step(clocks);
  }

  /// The same, but `accepts()`, called when `loss_gradient` has seen all rows, may refuse the step: then the
  /// learner stays as it was, including its last gradient. Returns whether it stepped.
  template <class LossGradient, class Accepts>
  bool update_if(std::span<const std::int32_t> rows, std::span<const float> obs, core::Clocks clocks,
                 LossGradient&& loss_gradient, Accepts&& accepts) {
    spare_.resize(gradient_.size());
    gradient_.swap(spare_);
    add_up(rows, obs, loss_gradient);
    const bool accepted = accepts();
    if (accepted)
      step(clocks);
    else
      gradient_.swap(spare_);
    return accepted;
  }

  /// Call when the world has jumped: forgets or rescales v as the optimizer's --on-change says.
  void world_changed();

  /// Outputs for many rows, chunk by chunk: obs [B, D] → out [B, O].
  void evaluate(std::span<const float> obs, std::span<float> out);

  /// Throws DivergedError naming the first parameter block that is not finite, else the last gradient or the
  /// optimizer's state; these are checked only when a gradient since the last check was large enough to
  /// overflow the state, or v was rescaled.
  void check_finite(const std::string& name);

  /// Loads the weights alone from the state of a learner of this shape. Throws CorruptError as `load` does.
  void load_parameters(const core::Tensors& in, const std::string& prefix);

  void save(core::Tensors& out, const std::string& prefix) const;
  /// Throws CorruptError naming the tensor that is missing, of another shape or not finite.
  void load(const core::Tensors& in, const std::string& prefix);

 private:
  template <class LossGradient>
  void add_up(std::span<const std::int32_t> rows, std::span<const float> obs, LossGradient& loss_gradient) {
    std::fill(gradient_.begin(), gradient_.end(), 0.0f);
    for (std::size_t start = 0; start < rows.size(); start += kChunk) {
      const auto chunk = rows.subspan(start, std::min<std::size_t>(kChunk, rows.size() - start));
      const auto outputs = forward(chunk, obs);
      const auto d_outputs = std::span(d_outputs_).first(outputs.size());
      loss_gradient(chunk, outputs, d_outputs, std::span<float>(gradient_));
      network_->backward(d_outputs, *workspace_, gradient_);
    }
  }
  std::span<const float> forward(std::span<const std::int32_t> rows, std::span<const float> obs);
  void step(core::Clocks clocks);
  void scale_gradient(const core::Clocks& clocks);
  void check_parameters(const std::string& name);

  static constexpr core::Interval kNoRange{std::numeric_limits<double>::quiet_NaN(),
                                           std::numeric_limits<double>::quiet_NaN()};
  std::unique_ptr<Network> network_;
  optim::OptimizerConfig config_;
  std::unique_ptr<optim::Optimizer<float>> optimizer_;
  std::unique_ptr<Workspace> workspace_;
  ScaleDrift gradient_scale_;
  AlignedFloats gradient_, obs_, outputs_, d_outputs_;
  AlignedFloats spare_;                    // the gradient before update_if; empty until its first call
  AlignedFloats root_v_, effective_rate_;  // of mean_root_v; empty until its first call
  core::Schedule lr_;                      // beside the optimizer's own, to be read in double
  double rate_ = std::numeric_limits<double>::quiet_NaN();
  std::int64_t updates_ = 0;
  UpdatePace pace_;
  core::Interval memory_range_ = kNoRange;
  std::unique_ptr<Introspection> introspection_;  // null until introspect_from is called
  std::int64_t introspect_from_ = std::numeric_limits<std::int64_t>::max();
  bool kept_ = false;        // by the last step since introspect_from
  bool suspicious_ = false;  // a large gradient or a rescaled v since the last check
};

}  // namespace rhoam::agents
