// What a training under drift leaves behind, and where its evaluations play.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

using Cells = std::vector<std::string>;

Finished train(const std::filesystem::path& out, const std::vector<std::string>& more) {
  std::vector<std::string> args{"train",           "CartPole-v1", "--algo",  "a2c",   "--envs",    "8",
                                "--rollout-steps", "8",           "--quiet", "--out", out.string()};
  args.insert(args.end(), more.begin(), more.end());
  return rhoam(args);
}

TEST(Drift, TheRunKeepsItsStartAndEveryJump) {
  const TemporaryDirectory place;
  const auto finished = train(
      place / "run", {"--steps", "3000", "--eval-episodes", "1", "--drift", "action-flip:square:dwell=1000",
                      "--drift", "gravity:linear:from=9,to=12,over=3000"});
  ASSERT_EQ(finished.code, 0) << finished.err;
  const auto csv = place / "run" / "drift.csv";
  EXPECT_EQ(cells_of(csv, "time/total_timesteps"), (Cells{"0", "1000", "2000", "3000"}));
  EXPECT_EQ(cells_of(csv, "time/n_updates"), (Cells{"0", "15", "31", "46"}));
  EXPECT_EQ(cells_of(csv, "action-flip"), (Cells{"0", "1", "0", "1"}));
  EXPECT_EQ(cells_of(csv, "gravity"), (Cells{"9", "10", "11", "12"}));
}

TEST(Drift, MetricsShowTheValuesOfEveryIteration) {
  const TemporaryDirectory place;
  ASSERT_EQ(train(place / "run", {"--steps", "128", "--eval-episodes", "1", "--drift",
                                  "gravity:linear:from=8,to=16,over=128"})
                .code,
            0);
  EXPECT_EQ(cells_of(place / "run" / "metrics.csv", "drift/gravity"), (Cells{"11.5", "15.5"}));
}

TEST(Drift, WithoutOneThereIsNoTraceOfIt) {
  const TemporaryDirectory place;
  ASSERT_EQ(train(place / "run", {"--steps", "128", "--eval-episodes", "1"}).code, 0);
  EXPECT_FALSE(std::filesystem::exists(place / "run" / "drift.csv"));
  EXPECT_EQ(read_text(place / "run" / "metrics.csv").find("drift"), std::string::npos);
}

/// The entropy bonus too follows a reward-scale that stands still, however it is said.
TEST(Drift, AConstantOneIsThatParameter) {
  const TemporaryDirectory place;
  std::vector<std::string> metrics;
  for (const auto& [option, value] :
       {std::pair{"--param", "reward-scale=2"}, {"--drift", "reward-scale:2"}}) {
    const auto run = place / option;
    ASSERT_EQ(
        rhoam({"train", "DriftBandit-v0", "--steps", "800", "--quiet", "--out", run.string(), option, value})
            .code,
        0);
    metrics.push_back(without_columns(without_columns(read_text(run / "metrics.csv"), "time/"), "drift/"));
  }
  EXPECT_EQ(metrics[0], metrics[1]);
}

TEST(Drift, ARunWithoutItsDriftLogDoesNotGoOn) {
  const TemporaryDirectory place;
  ASSERT_EQ(
      train(place / "run", {"--steps", "640", "--eval-episodes", "1", "--drift", "gravity:sine:period=99"})
          .code,
      0);
  std::filesystem::remove(place / "run" / "drift.csv");
  const auto resumed = rhoam({"train", "--resume", (place / "run").string()});
  EXPECT_EQ(resumed.code, 5);
  EXPECT_NE(resumed.err.find("drift.csv' is missing"), std::string::npos) << resumed.err;
}

/// Half-way the pole may no longer lean: episodes of an agent that learns nothing then end at once, in
/// evaluations too.
TEST(Drift, EvaluationsPlayInTheWorldAsItStands) {
  const TemporaryDirectory place;
  ASSERT_EQ(
      train(place / "run", {"--steps", "4000", "--eval-every", "1920", "--checkpoint-every", "1536", "--lr",
                            "1e-9", "--drift", "theta_threshold_radians:steps:at=2000,values=0.2/0.01"})
          .code,
      0);
  const auto played = cells_of(place / "run" / "metrics.csv", "eval/mean_reward");
  EXPECT_GT(std::stod(played.at(29)), 7);  // after 1920 steps
  EXPECT_LT(std::stod(played.back()), 4);
  for (const auto& [checkpoint, frozen] : {std::pair{"1536", false}, {"last", true}}) {
    const auto eval = rhoam({"eval", (place / "run").string(), "--checkpoint", checkpoint, "--json"});
    ASSERT_EQ(eval.code, 0) << eval.err;
    EXPECT_EQ(nlohmann::json::parse(eval.out)["length_mean"].get<double>() < 4, frozen);
  }
}

TEST(Drift, TheBanditIsEvaluatedWhereItHasWandered) {
  const TemporaryDirectory place;
  const auto run = (place / "run").string();
  ASSERT_EQ(rhoam({"train", "DriftBandit-v0", "--algo", "reinforce", "--param", "reward_noise=0", "--steps",
                   "8000", "--eval-every", "0", "--quiet", "--out", run})
                .code,
            0);
  const auto eval = rhoam({"eval", run, "--checkpoint", "last", "--json"});
  ASSERT_EQ(eval.code, 0) << eval.err;
  // A greedy policy pulls one arm of one frozen world, so all returns are its mean, as at the end of
  // training.
  const auto json = nlohmann::json::parse(eval.out);
  EXPECT_NEAR(json["return_std"].get<double>(), 0, 1e-12);
  EXPECT_NEAR(json["return_mean"].get<double>(),
              std::stod(cells_of(place / "run" / "metrics.csv", "eval/mean_reward").back()), 1e-9);
}

}  // namespace
}  // namespace rhoam::tests
