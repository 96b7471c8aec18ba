#include "agents/defaults.h"

namespace rhoam::agents {
namespace {

constexpr const char* kLanderPpo = R"(
envs = 16
eval-every = 20480
rollout-steps = 128
epochs = 10
batch-size = 256
hidden = 64,64
activation = relu
gamma = 0.999
gae-lambda = 0.95
reward-scale = 0.02
actor.lr = linear:from=0.0015,to=0
critic.lr = linear:from=0.0015,to=0
actor.rho = 0.97
critic.rho = 0.999
momentum = 0.9
momentum-form = ema
clip-norm = 0.5
)";

// Tuned on seeds 1000 and up; the results in README.md are over seeds 100 and up, which no tuning has used.
// The first algorithm of an environment is its default.
constexpr Defaults kDefaults[] = {
    {"CartPole-v1", "ppo", R"(
steps = 80000
envs = 16
eval-every = 2048
rollout-steps = 128
epochs = 3
batch-size = 256
hidden = 16,16
activation = tanh
observation-scale = 0.5,0.7,8,0.7
gamma = 0.995
gae-lambda = 0.95
entropy-coef = 0.003
reward-scale = 0.05
actor.lr = linear:from=0.003,to=0
critic.lr = linear:from=0.006,to=0
actor.rho = 0.97
critic.rho = 0.999
clip-norm = 5
)"},
    {"CartPole-v1", "a2c", R"(
steps = 200000
envs = 8
eval-every = 2048
rollout-steps = 8
hidden = 32,32
activation = relu
observation-scale = 0.5,0.7,8,0.7
gamma = 0.99
gae-lambda = 0.9
normalize-advantage = true
reward-scale = 0.1
actor.lr = linear:from=0.005,to=0
critic.lr = linear:from=0.01,to=0
actor.rho = 0.97
critic.rho = 0.999
clip-norm = 5
)"},
    {"CartPole-v1", "reinforce", R"(
steps = 300000
envs = 8
eval-every = 10000
episodes-per-update = 8
hidden = 32,32
activation = tanh
observation-scale = 0.5,0.7,8,0.7
gamma = 0.99
reward-scale = 0.05
actor.lr = linear:from=0.01,to=0
critic.lr = linear:from=0.01,to=0
actor.rho = 0.97
critic.rho = 0.99
clip-norm = 5
)"},
    {"LunarLander-v3", "ppo", "steps = 500000", kLanderPpo},
    {"LunarLander-v3", "a2c", R"(
steps = 1500000
envs = 32
eval-every = 102400
rollout-steps = 5
hidden = 64,64
activation = relu
gamma = 0.995
gae-lambda = 1
entropy-coef = 0.01
reward-scale = 0.05
actor.lr = linear:from=0.002,to=0
critic.lr = linear:from=0.008,to=0
actor.rho = 0.97
critic.rho = 0.99
eps = 1e-5
clip-norm = 0.5
)"},
    {"LunarLanderContinuous-v3", "ppo", "steps = 800000", kLanderPpo},
};

}  // namespace

std::span<const Defaults> defaults() { return kDefaults; }

std::string default_algorithm(const std::string& env) {
  for (const auto& row : kDefaults)
    if (row.env == env) return row.algorithm;
  return "ppo";
}

std::string default_options(const std::string& env, const std::string& algorithm) {
  for (const auto& row : kDefaults)
    if (row.env == env && row.algorithm == algorithm) return std::string(row.options) + row.shared;
  return "";
}

}  // namespace rhoam::agents
