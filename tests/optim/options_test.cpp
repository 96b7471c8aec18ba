#include <fmt/format.h>
#include <gtest/gtest.h>

#include "rhoam/core/errors.h"
#include "rhoam/core/options.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/tests/optim/optimize.h"

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

TEST(OptimizerOptions, WhatARecipeDoesNotUseIsKnown) {
  EXPECT_EQ(unused({.recipe = "adam"}, "momentum"), "by adam");
  EXPECT_EQ(unused({.recipe = "adam"}, "rho"), "");
  EXPECT_EQ(unused({.recipe = "sgd"}, "eps"), "by sgd");
  EXPECT_EQ(unused({.recipe = "sgd"}, "on-change"), "by sgd");
  EXPECT_EQ(unused({.recipe = "adagrad"}, "rho"), "by adagrad");
  EXPECT_EQ(unused({.recipe = "adamw"}, "decoupled-decay"), "by adamw");
  EXPECT_EQ(unused({}, "beta1"), "by rmsprop");
  EXPECT_EQ(unused({.recipe = "sgd"}, "lr"), "");
}

TEST(OptimizerOptions, WhatHasNoEffectWithoutAnotherOptionIsKnown) {
  EXPECT_EQ(unused({}, "momentum-form"), "without --momentum");
  EXPECT_EQ(unused({.momentum = 0.9}, "momentum-form"), "");
  EXPECT_EQ(unused({.recipe = "sgd"}, "dialect"), "without --momentum");
  EXPECT_EQ(unused({.rho = 0.9}, "timescale"), "without --rho match");
  EXPECT_EQ(unused({.rho = Rho::match()}, "timescale"), "");
  EXPECT_EQ(unused({}, "first-v"), "by the capped bias correction");
  EXPECT_EQ(unused({.dialect = "tf1"}, "first-v"), "");
  EXPECT_EQ(unused({}, "decoupled-decay"), "without --weight-decay");
  EXPECT_EQ(unused({}, "lookahead-pull"), "without --lookahead");
}

/// Does a training notice another value of the option?
bool changes(const OptimizerConfig& plain, const std::string& option, const std::string& value) {
  OptimizerConfig set = plain;
  core::Options options;
  set.describe(options);
  options.parse(std::vector<std::string>{"--" + option + "=" + value});
  options.apply();
  return run(set, {10, -20, 30, 0, 0.1, 2, 7}, 5) != run(plain, {10, -20, 30, 0, 0.1, 2, 7}, 5);
}

TEST(OptimizerOptions, EveryRecipeUsesWhatItsRowSays) {
  const std::vector<std::pair<std::string, std::string>> values{
      {"rho", "0.5"},          {"eps", "0.25"},         {"bias-correction", "none"},
      {"momentum", "0.7"},     {"beta1", "0.3"},        {"amsgrad", "true"},
      {"centered", "true"},    {"eps-place", "inside"}, {"momentum-form", "ema"},
      {"weight-decay", "0.5"}, {"dialect", "optax"},    {"decoupled-decay", "true"},
      {"first-v", "3"},        {"nesterov", "true"},    {"lookahead-pull", "0.1"},
      {"clip-value", "0.5"}};
  for (const Recipe& recipe : recipes())
    for (const bool rich : {false, true}) {
      OptimizerConfig config{.recipe = recipe.name,
                             .lr = core::parse_schedule("linear:from=0.1,to=0.3,over=4updates"),
                             .eps = 0.01};
      if (rich) config.momentum = 0.9, config.weight_decay = 0.1, config.lookahead = 2;
      for (const auto& [option, value] : values) {
        if (option == "nesterov" && !rich) continue;  // refused without a momentum
        EXPECT_EQ(changes(config, option, value), unused(config, option).empty())
            << recipe.name << " --" << option << (rich ? " with momentum" : "");
      }
    }
}

TEST(OptimizerOptions, ASharedOptionIsUnusedWhereNeitherNetworkUsesIt) {
  const OptimizerConfig sgd{.recipe = "sgd"}, adam{.recipe = "adam"};
  EXPECT_EQ(unused_by_pair(sgd, &sgd, "rho"), "by sgd");
  EXPECT_EQ(unused_by_pair(sgd, &adam, "rho"), "");
  EXPECT_EQ(unused_by_pair(sgd, &adam, "actor.rho"), "by sgd");
  EXPECT_EQ(unused_by_pair(sgd, &adam, "critic.rho"), "");
  EXPECT_EQ(unused_by_pair(sgd, &adam, "centered"), "by sgd and by adam");
  EXPECT_EQ(unused_by_pair(adam, nullptr, "critic.lr"), "without --baseline");
  EXPECT_EQ(unused_by_pair(sgd, &sgd, "gamma"), "");
}

/// θ after five updates of a training of 40 environment steps, one a step.
double trained(OptimizerConfig config, const std::string& option, const std::string& value) {
  core::Options options;
  config.describe(options);
  options.parse(std::vector<std::string>{"--" + option + "=" + value});
  options.apply();
  config.bind({.whole_steps = 40, .seed = 3});
  const auto optimizer = make_optimizer<double>(config, 1);
  double theta = 5;
  core::Clocks clocks;
  for (const double gradient : {10., -20., 30., 0.1, 2.}) {
    ++clocks.steps;
    optimizer->step({&theta, 1}, {&gradient, 1}, clocks);
  }
  return theta;
}

TEST(OptimizerOptions, EveryScheduleLearnsTheLengthOfTheTraining) {
  OptimizerConfig probe;
  core::Options options;
  probe.describe(options);
  std::size_t schedules = 0;
  for (const Recipe& recipe : recipes())
    for (const auto& option : options.names()) try {
        OptimizerConfig config{.recipe = recipe.name, .momentum = 0.5, .weight_decay = 0.1, .lookahead = 2};
        const auto value = [&](const char* over) { return fmt::format("linear:from=0.1,to=0.2{}", over); };
        const double bound = trained(config, option, value(""));
        EXPECT_EQ(bound, trained(config, option, value(",over=40"))) << recipe.name << " --" << option;
        ++schedules;
      } catch (const core::UsageError&) {  // takes no schedule
      }
  EXPECT_EQ(schedules, 10 * recipes().size());
}

}  // namespace
}  // namespace rhoam::optim
