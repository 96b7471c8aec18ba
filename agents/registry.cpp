#include "rhoam/agents/registry.h"

#include "rhoam/agents/a2c.h"
#include "rhoam/agents/ppo.h"
#include "rhoam/agents/reinforce.h"
#include "rhoam/core/text.h"

namespace rhoam::agents {
namespace {

template <class Config, std::unique_ptr<Agent> (*kMake)(const Config&, const AgentContext&)>
class PlanOf final : public AgentPlan {
 public:
  void describe(core::Options& options) override { config_.describe(options); }
  std::string unused(const std::string& option) const override { return config_.unused(option); }
  const NetworkConfig& network() const override { return config_.network; }
  double gamma() const override { return config_.gamma; }
  std::int64_t samples(int rows) const override {
    if constexpr (requires { config_.samples(rows); }) return config_.samples(rows);
    return 0;
  }
  const optim::OptimizerConfig& actor_optimizer() const override { return config_.actor; }
  const optim::OptimizerConfig& critic_optimizer() const override { return config_.critic; }
  std::unique_ptr<Agent> make(const AgentContext& context) const override { return kMake(config_, context); }

 private:
  Config config_;
};

template <class Config, std::unique_ptr<Agent> (*kMake)(const Config&, const AgentContext&)>
std::unique_ptr<AgentPlan> plan() {
  return std::make_unique<PlanOf<Config, kMake>>();
}

constexpr Algorithm kAlgorithms[] = {
    {"reinforce", "Monte-Carlo policy gradient on whole episodes, optional baseline (Williams 1992)",
     plan<ReinforceConfig, make_reinforce>},
    {"a2c", "synchronous advantage actor-critic, n-step or GAE (Mnih et al. 2016)",
     plan<A2cConfig, make_a2c>},
    {"ppo", "proximal policy optimisation, clipped objective (Schulman et al. 2017)",
     plan<PpoConfig, make_ppo>},
};

}  // namespace

std::span<const Algorithm> algorithms() { return kAlgorithms; }

const Algorithm& find_algorithm(const std::string& name) {
  return core::find_by_name(kAlgorithms, "algorithm", name);
}

}  // namespace rhoam::agents
