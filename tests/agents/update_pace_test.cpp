#include "rhoam/agents/update_pace.h"

#include <gtest/gtest.h>

#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"
#include "rhoam/optim/rho.h"
#include "rhoam/tests/agents/small_training.h"

namespace rhoam::agents {
namespace {

/// Iterations of 100 steps and two episodes, of so many updates each, from `first` on.
void learn(UpdatePace& pace, int first, int last, int updates_each) {
  for (int i = first; i < last; ++i)
    for (int k = 0; k < updates_each; ++k)
      pace.count({.steps = 100 * (i + 1), .episodes = 2 * (i + 1)}, i * updates_each + k);
}

core::Clocks before(const UpdatePace& pace) {
  core::Clocks clocks;
  pace.put_before(clocks);
  return clocks;
}

TEST(UpdatePace, IsUnknownBeforeAnIterationHasEnded) {
  UpdatePace pace;
  learn(pace, 0, 1, 5);
  EXPECT_EQ(before(pace).steps_per_update, 0);
  core::Clocks clocks;
  pace.put_now(clocks, 5);
  EXPECT_EQ(clocks.steps_per_update, 20);
}

TEST(UpdatePace, CountsStepsAndEpisodesPerUpdate) {
  UpdatePace pace;
  learn(pace, 0, 7, 5);
  EXPECT_EQ(before(pace).steps_per_update, 20);
  EXPECT_EQ(before(pace).episodes_per_update, 0.4);
}

TEST(UpdatePace, ForgetsWhatIsLongAgo) {
  UpdatePace pace;
  learn(pace, 0, 100, 5);
  EXPECT_EQ(before(pace).steps_per_update, 20);
  for (int i = 100; i < 130; ++i) pace.count({.steps = 100 * (i + 1)}, 500 + i - 100);
  EXPECT_EQ(before(pace).steps_per_update, 100);
}

TEST(UpdatePace, ContinuesFromItsState) {
  UpdatePace whole, resumed;
  learn(whole, 0, 30, 5);
  core::Tensors saved;
  whole.save(saved, "pace");
  resumed.load(saved, "pace");
  learn(whole, 30, 33, 4);
  learn(resumed, 30, 33, 4);
  EXPECT_EQ(before(resumed).steps_per_update, before(whole).steps_per_update);
}

TEST(UpdatePace, ClockRatesPreferItToThePlan) {
  core::ClockRates rates{.steps_per_update = 25, .steps_per_episode = 500};
  EXPECT_EQ(rates.at({}).steps_per_update, 25);
  EXPECT_EQ(rates.at({.steps_per_update = 100}).steps_per_update, 100);
  rates.episodes_per_update = 4;
  EXPECT_EQ(rates.at({.steps_per_update = 7, .episodes_per_update = 8}).steps_per_update, 4000);
}

/// What the half-life of the last ρ was in environment steps, by the updates that were really made.
double half_life_in_steps(const SmallTraining& training, const Learner& learner) {
  const double rho = optim::rho_of_memory(learner.memory());
  return optim::half_life_of_rho(rho) * static_cast<double>(training.progress.clocks.steps) /
         static_cast<double>(learner.updates());
}

struct Pace {
  const char *algorithm, *options;
};

TEST(UpdatePace, AHalfLifeInStepsIsKeptHoweverManyUpdatesThereAre) {
  for (const Pace each : {Pace{"ppo", "target-kl = 1e-12\n"}, Pace{"ppo", "epochs = 3\n"}, Pace{"a2c", ""}}) {
    SmallTraining training(
        find_algorithm(each.algorithm),
        {.more = std::string("dialect = torch\nrho = half-life:4000steps\n") + each.options});
    training.run(15);
    for (const auto& [name, learner] : training.agent->learners())
      EXPECT_NEAR(half_life_in_steps(training, *learner), 4000, 40) << each.algorithm << " " << name;
  }
}

TEST(UpdatePace, AHalfLifeInEpisodesCountsThoseThatFinishTogether) {
  // Three rows of episodes of one step: three finish together, where an update asks for two.
  SmallTraining training(find_algorithm("reinforce"),
                         {.env = "DriftBandit-v0",
                          .more = "dialect = torch\nrho = half-life:30episodes\nbaseline-updates = 5\n"});
  training.run(5);
  const auto learners = training.agent->learners();
  const auto half_life = [&](int i) {
    return optim::half_life_of_rho(optim::rho_of_memory(learners[i].learner->memory()));
  };
  EXPECT_NEAR(half_life(0), 10, 0.1);
  EXPECT_NEAR(half_life(1), 50, 0.5);
}

}  // namespace
}  // namespace rhoam::agents
