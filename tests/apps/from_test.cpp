// Trainings that begin with the weights of another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "rhoam/core/safetensors.h"
#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class From : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    place_ = new TemporaryDirectory;
    rhoam({"train", "CartPole-v1", "--steps", "6144", "--eval-every", "2048", "--eval-episodes", "5",
           "--hidden", "8,8", "--lr", "0.002", "--normalize-observation", "--quiet", "--out", source()});
  }
  static void TearDownTestSuite() { delete place_; }
  static std::string source() { return (*place_ / "source").string(); }

  std::string out() const { return (mine_ / "run").string(); }
  Finished train(std::vector<std::string> words) const {
    words.insert(words.begin(), "train");
    words.insert(words.end(), {"--quiet", "--out", out()});
    return rhoam(words);
  }
  core::Tensors begun() const { return core::read_safetensors(out() + "/checkpoints/0.safetensors"); }
  static core::Tensors of_source(const std::string& name) {
    return core::read_safetensors(source() + "/checkpoints/" + name + ".safetensors");
  }
  static void expect_weights(const core::Tensors& have, const core::Tensors& wanted) {
    for (const auto& [name, tensor] : wanted.all()) {
      if (name.find("/layer") == std::string::npos || name.find("optimizer") != std::string::npos) continue;
      EXPECT_TRUE(tensor.bytes == have.all().at(name).bytes) << name;
    }
  }
  void expect_refused(const Finished& finished, int code, const std::string& part) const {
    EXPECT_EQ(finished.code, code) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(part));
    EXPECT_EQ(std::ranges::count(finished.err, '\n'), 1) << finished.err;
    EXPECT_FALSE(fs::exists(out()));
  }

  static inline TemporaryDirectory* place_ = nullptr;
  TemporaryDirectory mine_;
};

TEST_F(From, BeginsWithTheWeightsOfTheBestAndTheOptionsOfTheRun) {
  const auto trained = train({"--from", source(), "--steps", "2048"});
  ASSERT_EQ(trained.code, 0) << trained.err;
  expect_weights(begun(), of_source("best"));
  const auto config = read_text(out() + "/config.ini");
  for (const char* line :
       {"hidden = 8,8\n", "actor.lr = 0.002\n", "steps = 2048\n", "normalize-observation = true\n"})
    EXPECT_THAT(config, HasSubstr(line));
}

TEST_F(From, TakesTheStatisticsAndANewOptimizer) {
  ASSERT_EQ(train({"--from", source(), "--checkpoint", "last", "--steps", "2048"}).code, 0);
  double before = 0, after = 0;
  of_source("last").get("env/normalize_observation/count", std::span(&before, 1));
  begun().get("env/normalize_observation/count", std::span(&after, 1));
  EXPECT_GT(after, before);
  std::int64_t updates = -1;
  begun().get("actor/updates", std::span(&updates, 1));
  EXPECT_EQ(updates, 0);
}

TEST_F(From, AnEarlierCheckpointOrAFileMayBeNamed) {
  ASSERT_EQ(train({"--from", source(), "--checkpoint", "0", "--steps", "2048"}).code, 0);
  expect_weights(begun(), of_source("0"));
  fs::remove_all(out());
  ASSERT_EQ(
      train({"CartPole-v1", "--from", source() + "/checkpoints/last.safetensors", "--steps", "2048"}).code,
      0);
  expect_weights(begun(), of_source("last"));
}

TEST_F(From, AnotherAlgorithmKeepsTheNetworks) {
  const auto trained = train({"--from", source(), "--algo", "a2c", "--steps", "512", "--eval-episodes", "2"});
  ASSERT_EQ(trained.code, 0) << trained.err;
  expect_weights(begun(), of_source("best"));
}

TEST_F(From, TheManifestSaysWhereItCameFromAndTheCheckpointDoesNot) {
  ASSERT_EQ(train({"--from", source(), "--steps", "2048"}).code, 0);
  EXPECT_THAT(read_text(out() + "/manifest.json"), HasSubstr("source/checkpoints/best.safetensors"));
  EXPECT_EQ(read_text(out() + "/checkpoints/last.safetensors").find("source"), std::string::npos);
}

TEST_F(From, AnotherShapeIsRefusedNamingBoth) {
  expect_refused(train({"--from", source(), "--hidden", "16,8"}), 5,
                 "'actor/layer0.weight' is [4, 16] here and [4, 8] there");
  expect_refused(train({"LunarLander-v3", "--from", source()}), 5, "[8, 8] here and [4, 8] there");
  expect_refused(train({"--from", source(), "--hidden", "8"}), 5, "here and");
  expect_refused(train({"--from", source(), "--layer-norm"}), 5, "here and missing there");
}

TEST_F(From, WhatIsNoSourceIsRefused) {
  expect_refused(train({"--from", "/nonexistent"}), 2, "/nonexistent");
  expect_refused(train({"--from", source(), "--checkpoint", "77"}), 2, "there are 0");
  expect_refused(train({"CartPole-v1", "--checkpoint", "77"}), 2, "--from");
  expect_refused(train({"--from", source() + "/config.ini"}), 5, "config.ini");
}

TEST_F(From, ARunWithoutItsFirstCheckpointIsNotBegunWithOtherWeights) {
  ASSERT_EQ(train({"--from", source(), "--steps", "2048"}).code, 0);
  fs::remove_all(out() + "/checkpoints");
  for (const char* log : {"metrics.csv", "events.out.tfevents.rhoam"}) fs::remove(fs::path(out()) / log);
  EXPECT_EQ(rhoam({"train", "--resume", out()}).code, 5);
}

TEST_F(From, AResumedRunGoesOn) {
  ASSERT_EQ(train({"--from", source(), "--steps", "2048"}).code, 0);
  EXPECT_EQ(rhoam({"train", "--resume", out(), "--steps", "4096", "--quiet"}).code, 0);
  EXPECT_THAT(read_text(out() + "/config.ini"), HasSubstr("from = "));
}

}  // namespace
}  // namespace rhoam::tests
