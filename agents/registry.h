#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/agent.h"
#include "rhoam/agents/config.h"

namespace rhoam::agents {

/// An algorithm with its options: filled from defaults, config file and command line, then made into an
/// agent.
class AgentPlan {
 public:
  virtual ~AgentPlan() = default;
  virtual void describe(core::Options& options) = 0;
  /// Why an option, as it is set, has no effect, such as "by sgd"; empty when it has one.
  virtual std::string unused(const std::string& option) const = 0;
  virtual const NetworkConfig& network() const = 0;
  virtual double gamma() const = 0;
  /// Environment steps of an iteration with this many rows; 0 where they vary. Throws UsageError when they
  /// are too many.
  virtual std::int64_t samples(int rows) const = 0;
  virtual const optim::OptimizerConfig& actor_optimizer() const = 0;
  virtual const optim::OptimizerConfig& critic_optimizer() const = 0;
  virtual std::unique_ptr<Agent> make(const AgentContext&) const = 0;
};

struct Algorithm {
  const char* name;
  const char* summary;
  std::unique_ptr<AgentPlan> (*plan)();
};

/// Every algorithm, in the order of `rhoam list`.
std::span<const Algorithm> algorithms();

/// Throws UsageError with the allowed names and the nearest match.
const Algorithm& find_algorithm(const std::string& name);

}  // namespace rhoam::agents
