#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/distribution.h"
#include "rhoam/agents/network.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

class Learner;

/// One number of an iteration under its log key, such as {"train/approx_kl", 0.01}.
struct Metric {
  const char* key;
  double value;
};

/// What one iteration reports; always the same keys in the same order. Valid until the agent's next call.
using Metrics = std::span<const Metric>;

/// An actor to play with: its network and the meaning of its outputs. Borrowed from an agent.
struct Policy {
  Network* network;
  const Distribution* distribution;
  /// log σ and the like: the tail of the network's parameters.
  std::span<const float> free_parameters() const {
    return network->parameters().last(static_cast<std::size_t>(distribution->free_parameters()));
  }
};

/// A network that learns, with its name: "actor" or "critic".
struct NamedLearner {
  const char* name;
  Learner* learner;
};

/// A learner in three verbs. The loop calls act, steps the environments, then calls observe and update.
class Agent {
 public:
  virtual ~Agent() = default;
  /// Samples an action for every row: obs [N, D] → actions [N, A].
  virtual void act(std::span<const float> obs, std::span<float> actions) = 0;
  /// Records the environments' response to the last actions.
  virtual void observe(const envs::StepBatch&) = 0;
  /// Learns once enough was observed and returns a report, which ends an iteration; else returns nothing.
  /// Throws DivergedError naming the first tensor that is not finite.
  virtual std::optional<Metrics> update(const core::Clocks&) = 0;
  /// Optimizer steps of the actor so far.
  virtual std::int64_t updates() const = 0;
  virtual Policy policy() = 0;
  /// Every network that is being trained: the actor, then the critic if there is one. Borrowed.
  virtual std::vector<NamedLearner> learners() = 0;
  Learner& actor() { return *learners().front().learner; }
  /// Null where no critic is trained.
  Learner* critic() {
    const auto all = learners();
    return all.size() > 1 ? all[1].learner : nullptr;
  }
  /// The full state by name, as it is at the end of an iteration. `load` throws CorruptError on state of
  /// another shape.
  virtual void save(core::Tensors& out) const = 0;
  virtual void load(const core::Tensors& in) = 0;
};

}  // namespace rhoam::agents
