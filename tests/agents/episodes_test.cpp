#include "rhoam/agents/episodes.h"

#include <gtest/gtest.h>

#include <limits>

#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

const envs::ActionSpace kTwoActions{.n = 2, .bounds = {}};

envs::StepBatch answer(std::vector<float> rewards, std::vector<std::uint8_t> terminated) {
  envs::StepBatch batch;
  batch.resize(static_cast<int>(rewards.size()), 1);
  batch.reward = std::move(rewards);
  batch.terminated = std::move(terminated);
  return batch;
}

TEST(Episodes, DiscountsWithinAnEpisodeOnly) {
  Episodes episodes(2, 1, kTwoActions);
  const auto zero = [](int) { return 0.0f; };
  for (int t = 0; t < 2; ++t) {
    episodes.act(std::vector<float>{static_cast<float>(t), 10}, std::vector<float>{0, 1});
    episodes.observe(answer({1, 4}, {t == 1, 0}), 0.5f, zero);
  }
  EXPECT_EQ(episodes.finished(), 1);
  EXPECT_EQ(episodes.returns, (std::vector<float>{1.5f, 1}));
  EXPECT_EQ(episodes.obs, (std::vector<float>{0, 1}));
}

TEST(Episodes, ACutEpisodeStartsFromItsBootstrap) {
  Episodes episodes(1, 1, kTwoActions);
  episodes.act(std::vector<float>{0}, std::vector<float>{0});
  episodes.observe(answer({1}, {1}), 0.5f, [](int) { return 8.0f; });
  EXPECT_EQ(episodes.returns, (std::vector<float>{5}));
}

TEST(Episodes, RunningEpisodesSurviveSaving) {
  Episodes before(1, 1, kTwoActions), after(1, 1, kTwoActions);
  const auto zero = [](int) { return 0.0f; };
  before.act(std::vector<float>{7}, std::vector<float>{1});
  before.observe(answer({2}, {0}), 0.5f, zero);
  core::Tensors saved;
  before.save(saved);
  after.load(saved);
  after.act(std::vector<float>{8}, std::vector<float>{0});
  after.observe(answer({4}, {1}), 0.5f, zero);
  EXPECT_EQ(after.returns, (std::vector<float>{4, 4}));
  EXPECT_EQ(after.obs, (std::vector<float>{7, 8}));
}

TEST(Episodes, RefusesLengthsThatDoNotFitTheData) {
  core::Tensors hostile;
  const std::vector<std::int64_t> lengths{999'999'999};
  hostile.put("episodes/lengths", std::span<const std::int64_t>(lengths));
  for (const char* name : {"episodes/obs", "episodes/actions", "episodes/rewards"})
    hostile.put(name, std::span<const float>(std::vector<float>{1}));
  Episodes episodes(1, 1, kTwoActions);
  EXPECT_THROW(episodes.load(hostile), core::CorruptError);
}

core::Tensors one_running_step(float obs, float action, float reward) {
  core::Tensors saved;
  const std::int64_t length = 1;
  saved.put("episodes/lengths", std::span(&length, 1));
  saved.put("episodes/obs", std::span<const float>(&obs, 1));
  saved.put("episodes/actions", std::span<const float>(&action, 1));
  saved.put("episodes/rewards", std::span<const float>(&reward, 1));
  return saved;
}

TEST(Episodes, RefusesActionsThatTheSpaceDoesNotHave) {
  Episodes episodes(1, 1, kTwoActions);
  episodes.load(one_running_step(0, 1, 0));
  for (const float action : {2.0f, -1.0f, 0.5f, 1e9f})
    EXPECT_THROW(episodes.load(one_running_step(0, action, 0)), core::CorruptError) << action;
}

TEST(Episodes, RefusesNumbersThatAreNotFinite) {
  Episodes episodes(1, 1, kTwoActions);
  const float bad = std::numeric_limits<float>::infinity();
  EXPECT_THROW(episodes.load(one_running_step(bad, 1, 0)), core::CorruptError);
  EXPECT_THROW(episodes.load(one_running_step(0, 1, bad)), core::CorruptError);
}

}  // namespace
}  // namespace rhoam::agents
