#include "rhoam/watch/controller.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "rhoam/agents/finite.h"
#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"

namespace rhoam::watch {
namespace {

core::Stream stream_at(std::uint64_t seed, std::int64_t step) {
  return core::Stream(seed, core::Purpose::policy, static_cast<std::uint64_t>(step));
}

class AgentController final : public Controller {
 public:
  AgentController(const core::Tensors& checkpoint, const agents::Networks& networks)
      : trained_(training::load_trained(checkpoint, 1, networks, nullptr)),
        policy_(trained_.agent->policy()),
        workspace_(policy_.network->make_workspace(1)) {
    critic_ = trained_.agent->critic();
    knows_rewards_ = !trained_.config.normalize_reward;
  }

  void think(std::span<const float> obs, PolicyOutput& thought) override {
    thought.outputs.resize(static_cast<std::size_t>(policy_.distribution->outputs()));
    thought.spread.resize(thought.outputs.size());
    policy_.network->forward(obs, thought.outputs, *workspace_);
    if (!agents::all_finite(thought.outputs)) throw core::DivergedError("actor/outputs is not finite");
    policy_.distribution->spread(thought.outputs, policy_.free_parameters(), thought.spread);
    if (critic_ == nullptr || !knows_rewards_) return;
    float value = 0;
    critic_->evaluate(obs, {&value, 1});
    thought.value = value / trained_.config.reward_scale;
  }

  void act(const PolicyOutput& thought, std::uint64_t seed, std::int64_t step, bool greedy,
           std::span<float> action) override {
    if (greedy) return policy_.distribution->mode(thought.outputs, action);
    auto stream = stream_at(seed, step);
    float log_prob = 0;
    policy_.distribution->sample(thought.outputs, policy_.free_parameters(), stream, action, {&log_prob, 1});
    if (!agents::all_finite(action)) throw core::DivergedError("actor/actions is not finite");
  }

 private:
  training::TrainedAgent trained_;
  agents::Policy policy_;
  std::unique_ptr<agents::Workspace> workspace_;
  agents::Learner* critic_ = nullptr;
  bool knows_rewards_ = true;
};

class RandomController final : public Controller {
 public:
  explicit RandomController(envs::ActionSpace actions) : actions_(std::move(actions)) {}

  void think(std::span<const float>, PolicyOutput&) override {}

  void act(const PolicyOutput&, std::uint64_t seed, std::int64_t step, bool,
           std::span<float> action) override {
    auto stream = stream_at(seed, step);
    if (actions_.discrete()) {
      action[0] = static_cast<float>(stream.below(static_cast<std::uint64_t>(actions_.n)));
      return;
    }
    for (std::size_t i = 0; i < action.size(); ++i)
      action[i] = static_cast<float>(stream.uniform(actions_.bounds[i].low, actions_.bounds[i].high));
  }

 private:
  envs::ActionSpace actions_;
};

}  // namespace

std::unique_ptr<Controller> make_agent_controller(const core::Tensors& checkpoint,
                                                  const agents::Networks& networks) {
  return std::make_unique<AgentController>(checkpoint, networks);
}

std::unique_ptr<Controller> make_random_controller(const envs::ActionSpace& actions) {
  return std::make_unique<RandomController>(actions);
}

}  // namespace rhoam::watch
