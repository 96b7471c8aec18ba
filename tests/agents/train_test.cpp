#include "rhoam/agents/train.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "rhoam/core/errors.h"
#include "rhoam/tests/agents/fixed_episodes.h"

namespace rhoam::agents {
namespace {

/// Learns nothing at every third step.
class EveryThirdStep final : public Agent {
 public:
  void act(std::span<const float>, std::span<float> actions) override {
    std::fill(actions.begin(), actions.end(), 2.0f);
  }
  void observe(const envs::StepBatch&) override { ++steps_; }
  std::optional<Metrics> update(const core::Clocks&) override {
    if (steps_ % 3 != 0) return {};
    metrics_[0] = {"steps", static_cast<double>(steps_)};
    return metrics_;
  }
  std::int64_t updates() const override { return 10 * (steps_ / 3); }
  Policy policy() override { return {}; }
  std::vector<NamedLearner> learners() override { return {}; }
  void save(core::Tensors&) const override {}
  void load(const core::Tensors&) override {}

 private:
  int steps_ = 0;
  std::array<Metric, 1> metrics_{};
};

struct Loop {
  FixedEpisodes env{{1, 4}};
  EveryThirdStep agent;
  Progress progress;
  int iterations = 0;
  void run(std::int64_t total, int most = 1000) {
    env.reset(0, progress.batch);
    train(env, agent, progress, total, [&](Metrics) { return ++iterations < most; });
  }
};

TEST(Train, EndsWithTheIterationThatReachesTheTotal) {
  Loop loop;
  loop.run(7);
  EXPECT_EQ(loop.progress.clocks.steps, 12);  // two rows, three steps each, twice
  EXPECT_EQ(loop.iterations, 2);
}

TEST(Train, CountsStepsUpdatesAndEpisodesOverAllRows) {
  Loop loop;
  loop.run(12);
  EXPECT_EQ(loop.progress.clocks.updates, 20);
  EXPECT_EQ(loop.progress.clocks.episodes, 6 + 1);
  EXPECT_DOUBLE_EQ(loop.progress.recent.return_mean(), (6 * 2.0 + 8) / 7);
  EXPECT_DOUBLE_EQ(loop.progress.recent.length_mean(), (6 * 1.0 + 4) / 7);
}

TEST(Train, StopsWhenItsCallerSaysSo) {
  Loop loop;
  loop.run(1000, 1);
  EXPECT_EQ(loop.progress.clocks.steps, 6);
}

TEST(RecentEpisodes, HoldsTheLastHundred) {
  RecentEpisodes recent;
  EXPECT_TRUE(std::isnan(recent.return_mean()));
  for (int episode = 0; episode < 150; ++episode) recent.add(episode < 50 ? 1e6 : 3, 7);
  EXPECT_EQ(recent.return_mean(), 3);
}

core::Tensors saved_progress() {
  Loop loop;
  loop.run(12);
  core::Tensors saved;
  loop.progress.save(saved);
  return saved;
}

TEST(Progress, RefusesCountsThatNoTrainingReaches) {
  for (const char* name : {"progress/clocks", "progress/recent_count"})
    for (const std::int64_t count : {std::int64_t{-1}, std::int64_t{1} << 53}) {
      core::Tensors saved = saved_progress();
      const std::int64_t counts[] = {count, count, count};
      saved.all().erase(name);
      saved.put(name, std::span(counts).first(name == std::string("progress/clocks") ? 3 : 1));
      EXPECT_THROW(Progress().load(saved, 2, 1), core::CorruptError) << name << " " << count;
    }
}

TEST(Progress, RefusesObservationsThatAreNotFinite) {
  core::Tensors saved = saved_progress();
  saved.all().erase("progress/obs");
  saved.put("progress/obs", std::vector<float>{0, std::numeric_limits<float>::quiet_NaN()});
  EXPECT_THROW(Progress().load(saved, 2, 1), core::CorruptError);
}

}  // namespace
}  // namespace rhoam::agents
