#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/registry.h"
#include "rhoam/agents/train.h"
#include "rhoam/envs/vector_env.h"

namespace rhoam::agents {

/// A training of any algorithm that takes milliseconds, with random schedules so that their state matters.
inline constexpr const char* kSmallTraining = R"(
hidden = 8
lr = 0.01
rollout-steps = 16
batch-size = 24
episodes-per-update = 2
entropy-coef = telegraph:dwell=40,low=0,high=0.02
clip-range = telegraph:dwell=40,low=0.1,high=0.3
)";

/// What a small training learns in.
struct Setting {
  std::string env = "CartPole-v1";
  std::string more = {};                 ///< further options, in the grammar of a config file
  std::string options = kSmallTraining;  ///< the usual ones
  std::vector<std::string> drifts = {};  ///< that the learner knows of
};

struct SmallTraining {
  SmallTraining(const Algorithm& algorithm, const Setting& setting = {})
      : env(envs::make_vector_env(setting.env, 3, nullptr)), plan(algorithm.plan()) {
    core::Options options;
    plan->describe(options);
    options.read_config_text(setting.options + setting.more, "the test", core::Unknown::skip);
    options.apply();
    agent = plan->make({.spec = env->spec(),
                        .total_steps = 10000,
                        .rows = env->size(),
                        .seed = 5,
                        .drifts = envs::parse_drifts(setting.drifts, 10000, 5),
                        .pool = nullptr,
                        .make_network = make_mlp});
    env->reset(5, progress.batch);
  }

  void run(int iterations) {
    train(*env, *agent, progress, 1'000'000'000, [&](Metrics) { return --iterations > 0; });
  }
  core::Tensors state() const {
    core::Tensors out;
    agent->save(out);
    env->save(out, "env");
    progress.save(out);
    return out;
  }
  void load(const core::Tensors& in) {
    agent->load(in);
    env->load(in, "env");
    progress.load(in, env->size(), env->spec().observation_size());
  }

  std::unique_ptr<envs::VectorEnv> env;
  std::unique_ptr<AgentPlan> plan;
  std::unique_ptr<Agent> agent;
  Progress progress;
};

}  // namespace rhoam::agents
