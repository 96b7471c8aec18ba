#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "core/safetensors.h"
#include "core/text.h"
#include "tests/apps/process.h"
#include "tests/apps/variable.h"

namespace rhoam::tests {
namespace {

std::vector<std::string> quick(const std::filesystem::path& out, std::vector<std::string> more = {}) {
  std::vector<std::string> args{"train", "CartPole-v1", "--steps",    "6000",   "--eval-every",
                                "4096",  "--out",       out.string(), "--quiet"};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

struct Variant {
  const char* name;
  std::vector<std::string> options;
};

void PrintTo(const Variant& variant, std::ostream* out) { *out << variant.name; }

/// Every algorithm and every part with state of its own.
class Train : public testing::TestWithParam<Variant> {};

TEST_P(Train, GivesTheSameBytesForOneAndTwoThreads) {
  const TemporaryDirectory place;
  for (const char* threads : {"1", "2"}) {
    auto args = quick(place / threads, GetParam().options);
    args.insert(args.end(), {"--threads", threads});
    const auto finished = rhoam(args);
    ASSERT_EQ(finished.code, 0) << finished.err;
  }
  for (const char* file : {"checkpoints/last.safetensors", "checkpoints/best.safetensors", "config.ini"})
    EXPECT_TRUE(read_text(place / "1" / file) == read_text(place / "2" / file)) << file;
  EXPECT_EQ(without_columns(read_text(place / "1" / "metrics.csv"), "time/"),
            without_columns(read_text(place / "2" / "metrics.csv"), "time/"));
}

TEST_P(Train, ConfigRepeatsTheRun) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "a", GetParam().options)).code, 0);
  const auto again = rhoam({"train", "--config", (place / "a" / "config.ini").string(), "--out",
                            (place / "b").string(), "--quiet"});
  ASSERT_EQ(again.code, 0) << again.err;
  EXPECT_TRUE(read_text(place / "a" / "checkpoints/last.safetensors") ==
              read_text(place / "b" / "checkpoints/last.safetensors"));
}

/// Standard error of a short training that is not quiet.
std::string warnings(const std::vector<std::string>& more) {
  const TemporaryDirectory place;
  std::vector<std::string> args{"train",           "CartPole-v1", "--steps", "2048",
                                "--eval-episodes", "1",           "--out",   place / "a"};
  args.insert(args.end(), more.begin(), more.end());
  const auto finished = rhoam(args);
  EXPECT_EQ(finished.code, 0) << finished.err;
  return finished.err;
}

TEST(TrainWarning, NamesTypedOptionsThatTheOptimizerDoesNotUse) {
  EXPECT_EQ(warnings({"--optimizer", "sgd", "--rho", "0.9", "--eps", "1e-3"}),
            "rhoam: warning: --rho, --eps are not used by sgd\n");
  EXPECT_EQ(warnings({"--actor.optimizer", "adam", "--actor.momentum", "0.9", "--momentum-form", "ema"}),
            "rhoam: warning: --momentum-form is not used by adam and without --momentum; "
            "--actor.momentum is not used by adam\n");
  EXPECT_EQ(warnings({"--algo", "reinforce", "--baseline=false", "--critic.lr", "0.1"}),
            "rhoam: warning: --critic.lr is not used without --baseline\n");
}

TEST(TrainWarning, IsSilentAboutDefaultsAndWhatIsUsed) {
  EXPECT_EQ(warnings({"--optimizer", "sgd"}), "");  // has a tuned actor.rho
  EXPECT_EQ(warnings({"--optimizer", "adam", "--rho", "0.9", "--beta1", "0.8"}), "");
}

TEST(TrainWarning, NamesWhatAConfigFileSetsButNotTheDefaultsInIt) {
  const TemporaryDirectory place;
  std::ofstream(place / "sgd.ini") << "optimizer = sgd\nactor.eps = default\ncritic.rho = 0.3\n";
  EXPECT_EQ(warnings({"--config", place / "sgd.ini"}), "rhoam: warning: --critic.rho is not used by sgd\n");
}

INSTANTIATE_TEST_SUITE_P(
    Variants, Train,
    testing::Values(Variant{"ppo", {}}, Variant{"a2c", {"--algo", "a2c"}},
                    Variant{"reinforce", {"--algo", "reinforce"}},
                    Variant{"introspected", {"--algo", "a2c", "--introspect-every", "500"}},
                    Variant{"drifting",
                            {"--algo", "a2c", "--drift", "action-flip:telegraph:dwell=20updates", "--drift",
                             "observation-noise:ou:tau=500,center=1,amplitude=0.5", "--drift",
                             "gravity:sine:period=3000,low=5,high=15", "--param", "sticky-actions=0.1"}},
                    Variant{"normalised", {"--normalize-observation", "--normalize-reward", "--layer-norm"}},
                    Variant{"adam", {"--optimizer", "adam", "--lr", "cosine:from=0.003,to=0.0001"}}),
    [](const auto& variant) { return variant.param.name; });

TEST(TrainCommand, IntrospectionFillsTheFirstRowAndThoseThatPassAMultiple) {
  const TemporaryDirectory place;
  const auto csv = place / "run" / "metrics.csv";
  ASSERT_EQ(rhoam(quick(place / "run", {"--introspect-every", "5000", "--lr", "0.001"})).code, 0);
  EXPECT_EQ(cells_of(csv, "time/total_timesteps"), (std::vector<std::string>{"2048", "4096", "6144"}));
  for (const char* column : {"optim/actor/layer0/root_v_p05", "optim/critic/layer2/effective_lr_p95",
                             "optim/actor/layer1/update_ratio", "optim/critic/grad_norm_clipped",
                             "optim/actor/cosine", "optim/critic/kurtosis"}) {
    const auto cells = cells_of(csv, column);
    ASSERT_EQ(cells.size(), 3U) << column;
    EXPECT_FALSE(cells[0].empty()) << column;
    EXPECT_TRUE(cells[1].empty()) << column;
    EXPECT_FALSE(cells[2].empty()) << column;
  }
}

TEST(TrainCommand, IntrospectionOnlyLooks) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "off")).code, 0);
  ASSERT_EQ(rhoam(quick(place / "on", {"--introspect-every", "1"})).code, 0);
  EXPECT_TRUE(cells_of(place / "off" / "metrics.csv", "optim/actor/cosine").empty());
  auto off = core::read_safetensors(place / "off" / "checkpoints/last.safetensors");
  auto on = core::read_safetensors(place / "on" / "checkpoints/last.safetensors");
  EXPECT_NE(off.metadata["options"], on.metadata["options"]);
  off.metadata.erase("options"), on.metadata.erase("options");
  EXPECT_EQ(off.metadata, on.metadata);
  ASSERT_EQ(off.all().size(), on.all().size());
  for (const auto& [name, tensor] : off.all()) EXPECT_TRUE(tensor.bytes == on.all().at(name).bytes) << name;
}

TEST(TrainCommand, SumsUpAsOneJsonObjectOnTheLastLine) {
  const TemporaryDirectory place;
  const auto finished =
      rhoam({"train", "CartPole-v1", "--steps", "3000", "--out", (place / "run").string(), "--json"});
  ASSERT_EQ(finished.code, 0) << finished.err;
  EXPECT_EQ(std::count(finished.out.begin(), finished.out.end(), '\n'), 1);
  for (const char* key :
       {"env", "algo", "optimizer", "rho", "seed", "env_steps", "updates", "seconds", "steps_per_second",
        "return_mean_100", "solved_at_steps", "solved_at_seconds", "final_eval_mean", "run"})
    EXPECT_NE(finished.out.find('"' + std::string(key) + "\":"), std::string::npos) << key;
}

TEST(TrainCommand, SaysWhatRhoWasMatchedToAndWhatThatMeans) {
  const TemporaryDirectory place;
  const auto finished =
      rhoam({"train", "CartPole-v1", "--algo", "a2c", "--steps", "500", "--eval-episodes", "1", "--rho",
             "match", "--timescale", "50updates", "--out", (place / "run").string()});
  EXPECT_NE(finished.out.find("actor: ρ 0.986233 (match to 50updates): memory 72.64 updates, half-life 50 "
                              "updates"),
            std::string::npos)
      << finished.out;
}

// 8 environments × 16 steps are an update of the defaults under drift.
TEST(TrainCommand, SaysWhichDriftRhoWasMatchedTo) {
  const TemporaryDirectory place;
  const auto finished = rhoam({"train", "CartPole-v1", "--steps", "500", "--eval-episodes", "1", "--rho",
                               "match", "--drift", "length:sine:period=90000,low=0.25,high=1", "--drift",
                               "action-flip:square:dwell=6400", "--out", (place / "run").string()});
  EXPECT_NE(finished.out.find("(match to action-flip:square:dwell=6400 = 50 updates)"), std::string::npos)
      << finished.out << finished.err;
}

TEST(TrainCommand, ADriftHasDefaultsOfItsOwn) {
  const auto still = rhoam({"train", "CartPole-v1", "--help"}),
             drifting = rhoam({"train", "CartPole-v1", "--drift", "action-flip:square:dwell=6400", "--help"});
  EXPECT_NE(still.out.find("with ppo."), std::string::npos) << still.out;
  EXPECT_NE(drifting.out.find("with a2c under drift."), std::string::npos) << drifting.out;
}

/// What a short training under this drift says.
std::string said(const std::string& env, const std::string& drift) {
  const TemporaryDirectory place;
  return rhoam({"train", env, "--steps", "128", "--eval-episodes", "1", "--drift", drift, "--out",
                (place / "run").string()})
      .out;
}

TEST(TrainCommand, SaysThatADriftBroughtOtherDefaultsWhereItDid) {
  EXPECT_EQ(said("CartPole-v1", "gravity:9").find("defaults are those of CartPole-v1 with a2c in a world"),
            0U);
  EXPECT_EQ(said("DriftBandit-v0", "reward_noise:2").find("defaults are"), std::string::npos);
}

TEST(TrainCommand, RefusesADirectoryThatIsNotEmpty) {
  const TemporaryDirectory place;
  std::ofstream(place / "mine") << "precious";
  const auto finished = rhoam(quick(place.path()));
  EXPECT_EQ(finished.code, 2);
  EXPECT_NE(finished.err.find("--resume"), std::string::npos);
  EXPECT_EQ(read_text(place / "mine"), "precious");
}

TEST(TrainCommand, RefusesAWindowWithoutADisplayBeforeAnythingIsWritten) {
  const TemporaryDirectory place;
  const Variable nowhere("DISPLAY", nullptr);
  const auto out = place / "run";
  EXPECT_EQ(rhoam({"train", "CartPole-v1", "--watch", "--out", out.string()}).code, 2);
  EXPECT_FALSE(std::filesystem::exists(out));
}

TEST(TrainCommand, AnAbsurdLearningRateDivergesWithExit3AndKeepsTheLastGoodCheckpoint) {
  const TemporaryDirectory place;
  const auto finished = rhoam(quick(place / "run", {"--lr", "1e38", "--seed", "7"}));
  EXPECT_EQ(finished.code, 3) << finished.err;
  EXPECT_NE(finished.err.find("seed 7"), std::string::npos) << finished.err;
  EXPECT_EQ(rhoam({"inspect", (place / "run").string()}).code, 0);
}

TEST(EvalCommand, PlaysTheBestCheckpointAndRepeatsItself) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  const auto once = rhoam({"eval", (place / "run").string(), "--json", "--episodes", "20"});
  const auto twice =
      rhoam({"eval", (place / "run").string(), "--json", "--episodes", "20", "--threads", "1"});
  ASSERT_EQ(once.code, 0) << once.err;
  EXPECT_EQ(once.out, twice.out);
  EXPECT_NE(once.out.find("\"return_iqm\""), std::string::npos);
}

TEST(EvalCommand, RefusesACorruptCheckpointWithExit5) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  auto bytes = read_text(place / "run" / "checkpoints/last.safetensors");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  std::ofstream(place / "bad.safetensors", std::ios::binary) << bytes;
  const auto finished = rhoam({"eval", (place / "bad.safetensors").string()});
  EXPECT_EQ(finished.code, 5) << finished.err;
}

}  // namespace
}  // namespace rhoam::tests
