#pragma once
#include <memory>
#include <optional>
#include <span>

#include "rhoam/core/random.h"
#include "rhoam/envs/env.h"

namespace rhoam::agents {

/// Outputs of the actor for B states and the actions taken there.
struct ActionBatch {
  std::span<const float> outputs;  ///< [B, outputs()]: logits, or means
  std::span<const float> log_std;  ///< [free_parameters()]: empty, or log σ of each component
  std::span<const float> actions;  ///< [B, A]
};

/// Results for B states and actions, written by evaluate() and needed by gradient().
struct EvaluatedActions {
  std::span<float> log_prob;   ///< log π(a|s) [B]
  std::span<float> entropy;    ///< of π(·|s) [B]
  std::span<float> log_probs;  ///< of all actions [B, outputs()], for softmax; may be gradient()'s d_outputs
};

/// The distribution over actions that an actor's outputs parameterise, with its derivatives in closed form.
class Distribution {
 public:
  virtual ~Distribution() = default;
  virtual int outputs() const = 0;          ///< network outputs per state
  virtual int free_parameters() const = 0;  ///< parameters that do not depend on the state
  virtual int action_size() const = 0;      ///< floats per action
  /// Draws an action for each state and writes its log-probability (density) [B].
  virtual void sample(std::span<const float> outputs, std::span<const float> log_std, core::Stream&,
                      std::span<float> actions, std::span<float> log_prob) const = 0;
  /// The most probable actions.
  virtual void mode(std::span<const float> outputs, std::span<float> actions) const = 0;
  /// Values to show for one state: the probability of each action, or σ of each component [outputs()].
  virtual void spread(std::span<const float> outputs, std::span<const float> log_std,
                      std::span<float> out) const = 0;
  /// The mean σ of the components; NaN for a softmax.
  virtual double mean_std(std::span<const float> log_std) const = 0;
  /// Computes the log-probabilities and entropies of a batch.
  virtual void evaluate(const ActionBatch&, const EvaluatedActions&) const = 0;
  /// After `evaluate`, for L with dL/d log π = d_log_prob [B] and dL/d entropy = d_entropy for every state:
  /// writes dL/d outputs [B, outputs()] and adds to dL/d log σ.
  virtual void gradient(const ActionBatch&, const EvaluatedActions&, std::span<const float> d_log_prob,
                        float d_entropy, std::span<float> d_outputs, std::span<float> d_log_std) const = 0;
};

/// Softmax over n actions when the space is discrete, else a Gaussian whose σ does not depend on the state:
/// free parameters log σ, or `fixed_std` where it is given. Gaussian actions may leave the bounds; the
/// environment clips them, and the density is that of the unclipped action (as in Stable-Baselines3).
std::unique_ptr<Distribution> make_distribution(const envs::ActionSpace&,
                                                const std::optional<double>& fixed_std = {});

}  // namespace rhoam::agents
