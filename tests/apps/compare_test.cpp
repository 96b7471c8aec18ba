#include <fmt/format.h>
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;
namespace fs = std::filesystem;

/// A comparison of a second: two settings, three seeds, two rates on two other seeds.
Words tiny(const fs::path& out, const Words& more = {}) {
  Words words{"compare", "DriftBandit-v0", "--rho", "0.5,0.9",        "--lr",
              "0.1,0.3", "--seeds",        "3",     "--tuning-seeds", "2",
              "--steps", "8000",           "--out", out.string(),     "--quiet"};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

std::map<fs::path, fs::file_time_type> times_of_results(const fs::path& directory) {
  std::map<fs::path, fs::file_time_type> times;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.path().filename() == "result.json") times[entry.path()] = entry.last_write_time();
  return times;
}

void expect_refused(const Words& words, const std::string& why) {
  const auto refused = rhoam(words);
  EXPECT_EQ(refused.code, 2) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr(why));
  EXPECT_EQ(std::count(refused.err.begin(), refused.err.end(), '\n'), 1) << refused.err;
}

TEST(Compare, LeavesTablesAndAReport) {
  const TemporaryDirectory folder;
  const auto done = rhoam(tiny(folder / "a"));
  ASSERT_EQ(done.code, 0) << done.err;
  for (const char* file : {"comparison.ini", "results.csv", "tuning.csv", "report.html", "report.md"})
    EXPECT_TRUE(fs::exists(folder / "a" / file)) << file;
  const auto results = read_text(folder / "a" / "results.csv");
  EXPECT_EQ(std::count(results.begin(), results.end(), '\n'), 1 + 2 * 3);
  const auto tuning = read_text(folder / "a" / "tuning.csv");
  EXPECT_EQ(std::count(tuning.begin(), tuning.end(), '\n'), 1 + 2 * 2 * 2);
}

TEST(Compare, SumsUpAsJson) {
  const TemporaryDirectory folder;
  const auto done = rhoam(tiny(folder / "a", {"--json"}));
  ASSERT_EQ(done.code, 0) << done.err;
  const auto json = nlohmann::json::parse(done.out);
  EXPECT_EQ(json["score"], "regret");
  EXPECT_EQ(json["scenarios"][0]["settings"].size(), 2U);
  EXPECT_TRUE(json["scenarios"][0]["settings"][0]["score"]["iqm"].is_number());
}

TEST(Compare, RunsNothingTwice) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "a")).code, 0);
  const auto before = times_of_results(folder / "a");
  ASSERT_EQ(rhoam(tiny(folder / "a")).code, 0);
  EXPECT_EQ(times_of_results(folder / "a"), before);
}

TEST(Compare, GoesOnAfterAKillToTheSameResults) {
  const TemporaryDirectory folder;
  auto words = [&](const char* name) {
    auto all = tiny(folder / name);
    std::ranges::replace(all, std::string("8000"), std::string("200000"));
    return all;
  };
  ASSERT_EQ(rhoam(words("whole")).code, 0);
  for (const int after : {150, 250, 350})
    rhoam_interrupted(words("killed"), std::chrono::milliseconds(after), SIGKILL);
  const auto done = rhoam(words("killed"));
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(read_text(folder / "killed" / "results.csv"), read_text(folder / "whole" / "results.csv"));
  EXPECT_EQ(read_text(folder / "killed" / "tuning.csv"), read_text(folder / "whole" / "tuning.csv"));
}

TEST(Compare, TwoSharesAtOnceEqualOneMachine) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "whole")).code, 0);
  auto other = std::async([&] { return rhoam(tiny(folder / "shared", {"--shard", "1/2"})); });
  EXPECT_EQ(rhoam(tiny(folder / "shared", {"--shard", "0/2"})).code, 0);
  EXPECT_EQ(other.get().code, 0);
  const auto merged = rhoam({"report", (folder / "shared").string(), "--quiet"});
  ASSERT_EQ(merged.code, 0) << merged.err;
  EXPECT_EQ(read_text(folder / "shared" / "results.csv"), read_text(folder / "whole" / "results.csv"));
  EXPECT_EQ(read_text(folder / "shared" / "tuning.csv"), read_text(folder / "whole" / "tuning.csv"));
}

TEST(Compare, OneShareAloneDoesNotWaitForTheOther) {
  const TemporaryDirectory folder;
  const auto first = rhoam(tiny(folder / "a", {"--shard", "0/2"}));
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_FALSE(fs::exists(folder / "a" / "results.csv"));
  expect_refused({"report", (folder / "a").string()}, "are not done");
  EXPECT_EQ(rhoam(tiny(folder / "a", {"--shard", "1/2"})).code, 0);
  EXPECT_TRUE(fs::exists(folder / "a" / "results.csv"));
}

TEST(Compare, TheNumberOfThreadsChangesNothing) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "one", {"--threads", "1"})).code, 0);
  ASSERT_EQ(rhoam(tiny(folder / "three", {"--threads", "3"})).code, 0);
  EXPECT_EQ(read_text(folder / "one" / "results.csv"), read_text(folder / "three" / "results.csv"));
  EXPECT_EQ(read_text(folder / "one" / "report.html"), read_text(folder / "three" / "report.html"));
}

TEST(Compare, ItsConfigRepeatsIt) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "a")).code, 0);
  const auto config = (folder / "a" / "comparison.ini").string();
  ASSERT_EQ(rhoam({"compare", "--config", config, "--out", (folder / "b").string(), "--quiet"}).code, 0);
  EXPECT_EQ(read_text(folder / "a" / "comparison.ini"), read_text(folder / "b" / "comparison.ini"));
  EXPECT_EQ(read_text(folder / "a" / "results.csv"), read_text(folder / "b" / "results.csv"));
}

TEST(Compare, ComparesAnyOption) {
  const TemporaryDirectory folder;
  const auto done =
      rhoam({"compare", "DriftBandit-v0", "--axis", "optimizer=rmsprop,adam", "--axis", "actor.rho=0.5,0.9",
             "--tune", "none", "--seeds", "3", "--steps", "800", "--out", (folder / "a").string()});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("\noptimizer, actor.rho "));
  EXPECT_THAT(done.out, HasSubstr("\nadam, 0.9 "));
}

/// Six seeds of the settings of these axes; what --json says of them.
nlohmann::json compared(const fs::path& out, const Words& axes) {
  Words words{"compare", "CartPole-v1", "--tune", "none",       "--seeds", "6",
              "--steps", "4096",        "--out",  out.string(), "--json"};
  for (const auto& axis : axes) words.insert(words.end(), {"--axis", axis});
  const auto done = rhoam(words);
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.err, testing::Not(HasSubstr("ρ = ")));
  return nlohmann::json::parse(done.out);
}

class CompareAxis : public testing::TestWithParam<const char*> {};

TEST_P(CompareAxis, EverySentenceNamesItsOption) {
  const std::string axis = GetParam(), option = axis.substr(0, axis.find('='));
  const TemporaryDirectory folder;
  const auto json = compared(folder / "a", {axis});
  for (const char* sentence : {"headline", "choice"}) {
    EXPECT_THAT(json[sentence].get<std::string>(), HasSubstr(option + " = "));
    EXPECT_THAT(json[sentence].get<std::string>(), testing::Not(HasSubstr("ρ")));
  }
  EXPECT_TRUE(json["scenarios"][0]["settings"][0]["options"].contains(option));
  for (const char* file : {"report.md", "report.html"}) {
    const auto text = read_text(folder / "a" / file);
    EXPECT_THAT(text, HasSubstr(option + " = ")) << file;
    EXPECT_THAT(text, testing::Not(testing::ContainsRegex("ρ = |fixed ρ"))) << file;
  }
  EXPECT_THAT(read_text(folder / "a" / "report.md"),
              HasSubstr("# " + json["headline"].get<std::string>().substr(0, 12)));
  EXPECT_THAT(read_text(folder / "a" / "report.md"), HasSubstr("\n| " + option + " |"));
}

INSTANTIATE_TEST_SUITE_P(All, CompareAxis,
                         testing::Values("gamma=0.5,0.99", "lr=0.001,0.02", "centered=false,true",
                                         "optimizer=rmsprop,adam", "algo=ppo,a2c", "clip-range=0.1,0.99",
                                         "lr=linear:from=0.01,to=0.001;linear:from=0.02,to=0.99"));

TEST(Compare, TheReferenceOfAnAxisIsItsDefault) {
  const TemporaryDirectory folder;
  EXPECT_EQ(compared(folder / "a", {"centered=true,false"})["reference"], "false");
  EXPECT_EQ(compared(folder / "b", {"gamma=0.5,0.99,0.995"})["reference"], "0.995");
  EXPECT_EQ(compared(folder / "c", {"gamma=0.5,0.99"})["reference"], "0.5");
  EXPECT_EQ(compared(folder / "d", {"centered=true,false", "actor.rho=0.9,0.99"})["reference"],
            "centered=false, actor.rho=0.99");
}

TEST(Compare, TunesSchedules) {
  const TemporaryDirectory folder;
  Words words{"compare",        "CartPole-v1",
              "--rho",          "0.9,0.99",
              "--seeds",        "3",
              "--tuning-seeds", "2",
              "--steps",        "4096",
              "--tune",         "lr=linear:from=0.01,to=0.001;linear:from=0.01,to=0.0001",
              "--out",          (folder / "a").string()};
  const auto done = rhoam(words);
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, testing::Not(HasSubstr("widen")));
  EXPECT_THAT(done.out, HasSubstr("lr=linear:from=0.01,to=0.0"));
  const auto tuning = read_text(folder / "a" / "tuning.csv"),
             results = read_text(folder / "a" / "results.csv");
  EXPECT_THAT(tuning, HasSubstr("\n,0.9,\"lr=linear:from=0.01,to=0.0001\",tuning,1000000,"));
  ASSERT_EQ(rhoam({"report", (folder / "a").string(), "--quiet"}).code, 0);
  EXPECT_EQ(read_text(folder / "a" / "tuning.csv"), tuning);
  EXPECT_EQ(read_text(folder / "a" / "results.csv"), results);
}

TEST(Compare, AnOracleKnowsWhatEachWorldIsWorth) {
  const TemporaryDirectory folder;
  const auto done = rhoam({"compare", "CartPole-v1", "--rho", "0.9,0.99", "--drift",
                           "action-flip:square:dwell=2000", "--oracle", "--tune", "none", "--seeds", "3",
                           "--tuning-seeds", "1", "--steps", "6000", "--out", (folder / "a").string()});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto number = [&](const char* column, const fs::path& csv) {
    return std::stod(cells_of(csv, column)[0]);
  };
  const auto settled = [&](const char* regime) {
    const auto cell = folder / "a" / "cells" / "01-0.99" / "oracle" / regime / "seed-1000000";
    return nlohmann::json::parse(read_text(cell / "result.json"))["settled"].get<double>();
  };
  const auto results = folder / "a" / "results.csv";
  const double steps = number("env_steps", results);  // of whole iterations
  const double oracle =
      (settled("00-action-flip-0") * 4000 + settled("01-action-flip-1") * (steps - 4000)) / steps;
  EXPECT_NEAR(number("oracle_regret", results), oracle - number("return_mean", results), 1e-9);
  EXPECT_EQ(read_text(folder / "a" / "tuning.csv").find("oracle"), std::string::npos);
}

TEST(Compare, TakesJumpsWithoutADeclaredDwell) {
  const TemporaryDirectory folder;
  const auto done = rhoam({"compare", "CartPole-v1", "--drift", "action-flip:steps:at=4000/9000,values=0/1/0",
                           "--rho", "0.9,0.99", "--tune", "none", "--seeds", "3", "--steps", "12800", "--out",
                           (folder / "a").string(), "--quiet"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_TRUE(fs::exists(folder / "a" / "recovery.svg"));
}

TEST(Compare, EverySuiteReadsAndIsItsOwnConfig) {
  const TemporaryDirectory folder;
  for (const std::string suite : {"bandit-drift", "tracking-pg", "cartpole-flip", "cartpole-flip-scale",
                                  "controls", "auto", "lunarlander-drift"}) {
    const auto shown = rhoam({"compare", "--suite", suite, "--show"});
    EXPECT_EQ(shown.code, 0) << shown.err;
    const auto file = folder / (suite + ".ini");
    std::ofstream(file) << shown.out;
    EXPECT_EQ(rhoam({"compare", "--config", file.string(), "--show"}).out, shown.out);
  }
}

TEST(Compare, RefusesWhatCannotBeCompared) {
  const TemporaryDirectory folder;
  const auto refused = [&](const Words& more, const std::string& why) {
    auto words = Words{"compare", "CartPole-v1", "--out", (folder / "x").string()};
    words.insert(words.end(), more.begin(), more.end());
    expect_refused(words, why);
  };
  refused({}, "nothing to compare");
  refused({"--rho", "0.9"}, "at least two settings");
  refused({"--rho", "0.9,0.99", "--seeds", "2"}, "out of range: 3");
  refused({"--rho", "0.9,nonsense"}, "nonsense");
  refused({"--rho", "0.9,0.9"}, "twice");
  refused({"--rho", "0.9,match"}, "--drift");
  refused({"--rho", "0.9,0.99", "--reference", "0.98"}, "none of the settings");
  refused({"--rho", "0.9,0.99", "--score", "regret"}, "regret");
  refused({"--rho", "0.9,0.99", "--drift", "masscart:square:dwell=100,low=-1,high=1"}, "masscart");
  refused({"--rho", "0.9,0.99", "--drift", "gravitty:square:dwell=100"}, "gravity");
  refused({"--rho", "0.9,0.99", "--shard", "3/2"}, "no such shard");
  refused({"--rho", "0.9,0.99", "--axis", "optimizer"}, "OPTION=");
  refused({"--axis", "nonsense=1,2"}, "nonsense");
  refused({"--rho", "0.9,0.99", "--actor.rho", "0.5", "--critic.rho", "0.5"}, "same training");
  refused({"--rho", "0.9,0.99", "--optimizer", "sgd"}, "no rho");
  refused({"--suite", "bandit"}, "bandit-drift");
  EXPECT_FALSE(fs::exists(folder / "x"));
}

TEST(Compare, SharesThatDisagreeAreRefusedAndNothingIsLost) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "a")).code, 0);
  const auto before = read_text(folder / "a" / "results.csv");
  expect_refused(tiny(folder / "a", {"--gamma", "0.5"}), "another comparison");
  EXPECT_EQ(read_text(folder / "a" / "results.csv"), before);
}

TEST(Report, RefusesATableThatWasCut) {
  const TemporaryDirectory folder;
  ASSERT_EQ(rhoam(tiny(folder / "a")).code, 0);
  const auto before = read_text(folder / "a" / "results.csv");
  const auto cell = times_of_results(folder / "a").begin()->first.parent_path();
  fs::resize_file(cell / "metrics.csv", fs::file_size(cell / "metrics.csv") / 2);
  const auto refused = rhoam({"report", (folder / "a").string()});
  EXPECT_EQ(refused.code, 5) << refused.err;
  EXPECT_THAT(refused.err, HasSubstr(cell.filename().string()));
  EXPECT_EQ(read_text(folder / "a" / "results.csv"), before);
}

TEST(Report, SumsUpTrainingsOverSeeds) {
  const TemporaryDirectory folder;
  const auto file = folder / "trainings.jsonl";
  std::ofstream(file) << R"({"final_eval_mean":1.0,"solved_at_steps":200,"solved_at_seconds":0.5}
{"final_eval_mean":2.0,"solved_at_steps":null,"solved_at_seconds":null}
{"final_eval_mean":5.0,"solved_at_steps":100,"solved_at_seconds":0.25}
)";
  const auto done = rhoam({"report", file.string()});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_THAT(done.out, HasSubstr("\n| 3 | 2 of 3 | 150 | 0.375 s [0.25, 0.5] | 2.3 [1.0, 5.0] |\n"));
  const auto json = nlohmann::json::parse(rhoam({"report", file.string(), "--json"}).out);
  EXPECT_EQ(json["solved"], 2);
  EXPECT_EQ(json["final_eval_mean"]["high"], 5);
}

TEST(Report, SumsUpOneEnvironmentAndEachSeedOnce) {
  const TemporaryDirectory folder;
  const auto file = folder / "trainings.jsonl";
  const auto line = [](const char* env, int seed) {
    return fmt::format(R"({{"env":"{}","algo":"ppo","seed":{},"final_eval_mean":1.0,"solved_at_steps":null}})"
                       "\n",
                       env, seed);
  };
  std::ofstream(file) << line("CartPole-v1", 0) << line("LunarLander-v3", 1);
  expect_refused({"report", file.string()}, "is of LunarLander-v3 ppo, the lines before of CartPole-v1 ppo");
  std::ofstream(file, std::ios::trunc) << line("CartPole-v1", 0) << line("CartPole-v1", 0);
  expect_refused({"report", file.string()}, "is of seed 0, as a line before");
}

TEST(Report, RefusesLinesOfSomethingElse) {
  const TemporaryDirectory folder;
  const auto file = folder / "trainings.jsonl";
  std::ofstream(file) << "hello\n";
  expect_refused({"report", file.string()}, "line 1 of");
  std::ofstream(file, std::ios::trunc);
  expect_refused({"report", file.string()}, "holds no training");
}

TEST(Report, NeedsAComparison) {
  const TemporaryDirectory folder;
  expect_refused({"report"}, "needs the directory");
  expect_refused({"report", folder.path().string()}, "no comparison");
}

}  // namespace
}  // namespace rhoam::tests
