#include "rhoam/agents/evaluate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/errors.h"
#include "rhoam/tests/agents/fixed_episodes.h"

namespace rhoam::agents {
namespace {

using testing::Each;
using testing::ElementsAre;

/// A Gaussian of mean 0 and σ = 1 everywhere.
struct StandardNormal {
  core::Stream stream;
  std::unique_ptr<Network> network =
      make_mlp({.inputs = 1, .hidden = {4}, .outputs = 1, .free_parameters = 1, .head_gain = 0}, stream);
  std::unique_ptr<Distribution> distribution = make_distribution(FixedEpisodes({1}).spec().action);
  Evaluation play(FixedEpisodes& env, const EvaluationConfig& config) {
    return evaluate({network.get(), distribution.get()}, env, config);
  }
};

TEST(Evaluate, DealsEpisodesToRowsBeforehand) {
  FixedEpisodes env({1, 5});
  const Evaluation result = StandardNormal().play(env, {.episodes = 5});
  EXPECT_THAT(result.lengths, ElementsAre(1, 1, 1, 5, 5));
  EXPECT_THAT(env.parked, Each(true));
}

TEST(Evaluate, LeavesRowsOutWhenThereAreFewerEpisodes) {
  FixedEpisodes env({3, 3, 3});
  EXPECT_THAT(StandardNormal().play(env, {.episodes = 2}).lengths, ElementsAre(3, 3));
}

TEST(Evaluate, GreedyTakesTheMostProbableAction) {
  FixedEpisodes env({2, 3});
  EXPECT_THAT(StandardNormal().play(env, {.episodes = 6, .greedy = true}).returns, Each(0));
}

TEST(Evaluate, SamplesByItsSeedOtherwise) {
  FixedEpisodes env({2, 3});
  const auto returns = [&](std::uint64_t seed) {
    return StandardNormal().play(env, {.episodes = 6, .seed = seed, .greedy = false}).returns;
  };
  EXPECT_THAT(returns(1), Each(testing::Ne(0)));
  EXPECT_EQ(returns(1), returns(1));
  EXPECT_NE(returns(1), returns(2));
}

TEST(Evaluate, RefusesAPolicyThatOverflows) {
  FixedEpisodes env({2});
  StandardNormal policy;
  policy.network->parameters()[policy.network->parameters().size() - 2] =
      std::numeric_limits<float>::infinity();  // the head's bias
  policy.network->parameters_changed();
  EXPECT_THROW(policy.play(env, {.episodes = 1}), core::DivergedError);
}

}  // namespace
}  // namespace rhoam::agents
