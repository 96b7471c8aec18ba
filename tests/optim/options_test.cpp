#include <gtest/gtest.h>

#include "core/errors.h"
#include "core/options.h"
#include "optim/recipes.h"

namespace rhoam::optim {
namespace {

/// An actor's and a critic's optimizer behind one command line.
struct Pair {
  OptimizerConfig actor, critic;
  core::Options options;
  Pair() { describe_pair(options, actor, critic); }
  void parse(const std::vector<std::string>& args) {
    options.parse(args);
    options.apply();
  }
};

double rho(const OptimizerConfig& config) { return config.rho->resolve({}).at({}); }

TEST(OptimizerOptions, EveryOptionIsReadFromText) {
  OptimizerConfig config;
  core::Options options;
  config.describe(options, "critic.");
  options.parse(std::vector<std::string>{"--critic.optimizer=adam", "--critic.lr=0.5", "--critic.rho",
                                         "memory:50", "--critic.amsgrad=true", "--critic.eps-place=inside",
                                         "--critic.clip-norm=2", "--critic.momentum-form", "ema",
                                         "--critic.bias-correction=debiased"});
  options.apply();
  EXPECT_EQ(config.recipe, "adam");
  EXPECT_EQ(config.lr.at({}), 0.5);
  EXPECT_DOUBLE_EQ(rho(config), 0.98);
  EXPECT_TRUE(config.amsgrad);
  EXPECT_EQ(config.eps_place, EpsPlace::inside);
  EXPECT_EQ(config.clip_norm.at({}), 2);
  EXPECT_EQ(config.momentum_form, MomentumForm::ema);
  EXPECT_EQ(config.bias_correction, BiasCorrection::debiased);
}

TEST(OptimizerOptions, RhoSetsBothNetworks) {
  Pair pair;
  pair.parse({"--rho", "0.9"});
  EXPECT_EQ(rho(pair.actor), 0.9);
  EXPECT_EQ(rho(pair.critic), 0.9);
}

TEST(OptimizerOptions, TheNetworksOwnRhoBeatsTheSharedOne) {
  Pair pair;
  pair.parse({"--critic.rho=0.99", "--rho=0.9"});
  EXPECT_EQ(rho(pair.actor), 0.9);
  EXPECT_EQ(rho(pair.critic), 0.99);
}

TEST(OptimizerOptions, WhatIsWrongNamesItsOption) {
  for (const char* arg :
       {"--rho=1.5", "--actor.lr=-1", "--lr=fast", "--momentum=1", "--critic.dialect=theano",
        "--eps-place=beside", "--centered=maybe", "--first-v=-1", "--clip-norm=nan", "--lr-factor=-1",
        "--lr-factor=inf", "--on-change=forget", "--on-change=rescale:0", "--on-change=rescale:nan"}) {
    Pair pair;
    try {
      pair.parse({arg});
      ADD_FAILURE() << arg << " was accepted";
    } catch (const core::UsageError& error) {
      const std::string option = std::string(arg).substr(0, std::string(arg).find('='));
      EXPECT_EQ(std::string(error.what()).find(option + ": "), 0u) << error.what();
    }
  }
}

TEST(OptimizerOptions, TheDumpRestoresBothOptimizers) {
  Pair pair;
  pair.parse({"--optimizer=sgd", "--actor.rho=half-life:50updates",
              "--critic.lr=linear:from=0.01,to=0,over=100", "--critic.momentum=0.9", "--critic.nesterov=true",
              "--actor.first-v=0.25", "--actor.on-change=reset", "--critic.on-change=rescale:0.5",
              "--critic.lr-factor=0.3"});
  Pair again;
  again.options.read_config_text(pair.options.dump(), "dump");
  again.options.apply();
  EXPECT_EQ(again.options.dump(), pair.options.dump());
  EXPECT_EQ(again.critic.lr.at({.steps = 50}), 0.005);
  EXPECT_EQ(again.critic.nesterov, true);
  EXPECT_EQ(again.actor.nesterov, false);
  EXPECT_EQ(again.actor.first_v, 0.25);
  EXPECT_FALSE(again.critic.rho.has_value());
  EXPECT_EQ(again.actor.on_change, 0);
  EXPECT_EQ(again.critic.on_change, 0.5);
  EXPECT_EQ(again.critic.lr_factor, 0.3);
}

TEST(OptimizerOptions, BindingCompletesASchedule) {
  OptimizerConfig config;
  core::Options options;
  config.describe(options);
  options.parse(
      std::vector<std::string>{"--lr=linear:from=1,to=0", "--eps=telegraph:dwell=10,low=0.1,high=0.2"});
  options.apply();
  config.bind({.whole_steps = 200, .seed = 3});
  EXPECT_EQ(config.lr.at({.steps = 50}), 0.75);
}

}  // namespace
}  // namespace rhoam::optim
