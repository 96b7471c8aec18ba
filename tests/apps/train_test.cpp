#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/apps/variable.h"

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
  for (const char* key : {"env", "algo", "optimizer", "rho", "seed", "env_steps", "updates", "seconds",
                          "steps_per_second", "return_mean_100", "solved_at_steps", "solved_at_seconds",
                          "final_eval_mean", "run", "eval_seconds", "wall_seconds"})
    EXPECT_NE(finished.out.find('"' + std::string(key) + "\":"), std::string::npos) << key;
}

/// A column of a run's metrics.csv; an empty cell is NaN.
std::vector<double> column(const std::filesystem::path& run, const std::string& name) {
  std::vector<double> values;
  std::ptrdiff_t at = -1;
  for (const auto& line : core::split(read_text(run / "metrics.csv"), '\n')) {
    if (line.empty()) continue;
    const auto cells = core::split(line, ',');
    if (at < 0)
      at = std::ranges::find(cells, name) - cells.begin();
    else if (at < std::ssize(cells))
      values.push_back(core::parse_double(cells[at]).value_or(std::nan("")));
  }
  return values;
}

/// The line of an option in a run's config.ini.
std::string configured(const std::filesystem::path& run, const std::string& name) {
  for (const auto& line : core::split(read_text(run / "config.ini"), '\n'))
    if (line.starts_with(name + " = ")) return line.substr(name.size() + 3);
  return "";
}

std::vector<std::string> short_run(const std::filesystem::path& out, std::vector<std::string> more) {
  std::vector<std::string> args{"train",           "CartPole-v1", "--steps", "2048",
                                "--eval-episodes", "1",           "--out",   out.string()};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

constexpr const char* kDropped = "the tuned --reward-scale";

TEST(NormalizedRewards, DropTheTunedScaleAndSaySo) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(short_run(place / "usual", {})).code, 0);
  ASSERT_EQ(configured(place / "usual", "reward-scale"), "0.05");
  const auto finished = rhoam(short_run(place / "run", {"--normalize-reward"}));
  ASSERT_EQ(finished.code, 0) << finished.err;
  EXPECT_NE(finished.out.find("rewards are normalised: the tuned --reward-scale 0.05 becomes 1"),
            std::string::npos)
      << finished.out;
  EXPECT_EQ(configured(place / "run", "reward-scale"), "1");
}

TEST(NormalizedRewards, DropThatOfDriftingDefaultsToo) {
  const TemporaryDirectory place;
  const auto finished = rhoam(short_run(
      place / "run", {"--normalize-reward", "--drift", "gravity:sine:period=9000,low=9,high=10", "--json"}));
  ASSERT_EQ(finished.code, 0) << finished.err;
  EXPECT_NE(finished.err.find(kDropped), std::string::npos) << finished.err;
  EXPECT_EQ(configured(place / "run", "reward-scale"), "1");
}

TEST(NormalizedRewards, KeepAScaleThatSomebodyGave) {
  const TemporaryDirectory place;
  const auto typed = rhoam(short_run(place / "typed", {"--normalize-reward", "--reward-scale", "0.05"}));
  EXPECT_EQ(typed.out.find(kDropped), std::string::npos);
  EXPECT_EQ(configured(place / "typed", "reward-scale"), "0.05");
  std::ofstream(place / "both.ini") << "normalize-reward = true\nreward-scale = 0.25\n";
  rhoam(short_run(place / "file", {"--config", (place / "both.ini").string()}));
  EXPECT_EQ(configured(place / "file", "reward-scale"), "0.25");
  const auto again = rhoam(
      {"train", "--config", (place / "typed" / "config.ini").string(), "--out", (place / "again").string()});
  EXPECT_EQ(again.out.find(kDropped), std::string::npos);
  EXPECT_EQ(read_text(place / "again" / "config.ini"), read_text(place / "typed" / "config.ini"));
}

TEST(NormalizedRewards, DropTheScaleWhenAConfigFileAsksForThem) {
  const TemporaryDirectory place;
  std::ofstream(place / "normal.ini") << "normalize-reward = true\n";
  rhoam(short_run(place / "run", {"--config", (place / "normal.ini").string()}));
  EXPECT_EQ(configured(place / "run", "reward-scale"), "1");
}

TEST(NormalizedRewards, AreShownWithTheirScaleByHelp) {
  const auto finished = rhoam({"train", "CartPole-v1", "--normalize-reward", "--help"});
  EXPECT_EQ(finished.out.find("[0.05]"), std::string::npos);
}

TEST(NormalizedRewards, ResumeKeepsTheScale) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(short_run(place / "run", {"--normalize-reward", "--reward-scale", "0.05"})).code, 0);
  const auto resumed = rhoam({"train", "--resume", (place / "run").string()});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_EQ(resumed.out.find(kDropped), std::string::npos);
  EXPECT_EQ(configured(place / "run", "reward-scale"), "0.05");
}

TEST(NormalizedRewards, CompareDropsTheTunedScaleOfTheSettingsThatNormalise) {
  const TemporaryDirectory place;
  const auto finished = rhoam({"compare", "CartPole-v1", "--axis", "normalize-reward=false,true", "--seeds",
                               "3", "--tune", "none", "--steps", "2048", "--out", (place / "out").string()});
  ASSERT_EQ(finished.code, 0) << finished.err;
  EXPECT_NE(finished.out.find(kDropped), std::string::npos) << finished.out;
  EXPECT_EQ(configured(place / "out" / "cells" / "00-false" / "final" / "seed-0", "reward-scale"), "0.05");
  EXPECT_EQ(configured(place / "out" / "cells" / "01-true" / "final" / "seed-0", "reward-scale"), "1");
}

TEST(TrainCommand, HasOneSpeedInJsonTextAndLog) {
  const TemporaryDirectory place;
  auto args = quick(place / "run", {"--json"});
  std::erase(args, "--quiet");
  const auto finished = rhoam(args);
  ASSERT_EQ(finished.code, 0) << finished.err;
  const auto json = nlohmann::json::parse(finished.out);
  const double training = json.at("seconds"), evaluation = json.at("eval_seconds"),
               wall = json.at("wall_seconds");
  EXPECT_NEAR(json.at("steps_per_second").get<double>() * training / json.at("env_steps").get<double>(), 1,
              1e-3);
  EXPECT_GT(evaluation, 0);
  EXPECT_GE(wall, training + evaluation);
  EXPECT_NE(
      finished.err.find(fmt::format("{:.2f} s of training + {:.2f} s of evaluation", training, evaluation)),
      std::string::npos)
      << finished.err;
  const auto steps = column(place / "run", "time/total_timesteps"), fps = column(place / "run", "time/fps"),
             elapsed = column(place / "run", "time/time_elapsed");
  for (std::size_t row = 0; row < steps.size(); ++row) EXPECT_DOUBLE_EQ(fps[row], steps[row] / elapsed[row]);
  EXPECT_NEAR(column(place / "run", "time/eval_elapsed").back(), evaluation, 1e-6);
}

TEST(TrainCommand, LogsTheAnnealedLearningRates) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run", {"--actor.lr", "linear:from=0.01,to=0", "--critic.lr", "0.02"})).code,
            0);
  const auto rate = column(place / "run", "train/learning_rate");
  EXPECT_NEAR(rate.front(), 0.01 * (1 - 2048.0 / 6000), 1e-12);
  EXPECT_EQ(rate.back(), 0) << "the last iteration ends beyond --steps";
  EXPECT_EQ(column(place / "run", "optim/actor/learning_rate"), rate);
  EXPECT_EQ(column(place / "run", "optim/critic/learning_rate"), std::vector<double>(3, 0.02));
}

TEST(TrainCommand, LogsLengthAndSpreadOfEvaluations) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run")).code, 0);
  const auto length = column(place / "run", "eval/mean_ep_length"),
             mean = column(place / "run", "eval/mean_reward"),
             spread = column(place / "run", "eval/std_reward");
  EXPECT_TRUE(std::isnan(length.front()) && std::isnan(spread.front()));
  EXPECT_EQ(length.back(), mean.back()) << "a reward of 1 for every step";
  EXPECT_GE(spread.back(), 0);
}

TEST(TrainCommand, MakesOneUpdatePerIterationWhereTheTargetKlIsTiny) {
  const TemporaryDirectory place;
  ASSERT_EQ(rhoam(quick(place / "run", {"--target-kl", "1e-12", "--lr", "0.003"})).code, 0);
  EXPECT_EQ(column(place / "run", "train/n_updates"), (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(column(place / "run", "optim/critic/n_updates"), (std::vector<double>{24, 48, 72}));
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
