#include "rhoam/watch/open_player.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/tests/watch/working_folder.h"
#include "rhoam/watch/replay.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

void write(const fs::path& path, const std::string& text) {
  if (path.has_parent_path()) fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

OpenedPlayer opened(const std::string& word, const std::string& checkpoint = "best") {
  return watch::open_player(word, checkpoint, networks());
}

std::string refusal(const std::string& word, const std::string& checkpoint = "best") {
  return test::error_of<core::UsageError>([&] { opened(word, checkpoint); });
}

/// In a folder of its own.
class Casting : public testing::Test {
 protected:
  test::WorkingFolder folder_;
};

TEST_F(Casting, FindsAnEnvironment) {
  const auto candidate = opened("CartPole-v1");
  EXPECT_FALSE(candidate.player.trainee);
  EXPECT_TRUE(candidate.run.empty());
  EXPECT_EQ(candidate.player.setting.env, "CartPole-v1");
}

TEST_F(Casting, FindsTheBestCheckpointOfARun) {
  train("run", "CartPole-v1");
  const auto candidate = opened("run");
  EXPECT_EQ(candidate.file, "run/checkpoints/best.safetensors");
  EXPECT_EQ(candidate.run, "run");
  EXPECT_EQ(candidate.player.trainee->steps, 256);
}

TEST_F(Casting, FindsACheckpointByItsSteps) {
  train("run", "CartPole-v1");
  EXPECT_EQ(opened("run", "0").player.trainee->steps, 0);
  EXPECT_THAT(refusal("run", "7"), HasSubstr("'7'"));
}

TEST_F(Casting, FindsACheckpointByItsFile) {
  train("run", "CartPole-v1");
  const auto candidate = opened("run/checkpoints/0.safetensors");
  EXPECT_EQ(candidate.player.trainee->steps, 0);
  EXPECT_TRUE(candidate.run.empty());
}

TEST_F(Casting, FindsAReplay) {
  Simulation simulation(random_player("CartPole-v1", {"gravity=3"}));
  simulation.start(0, 1, {});
  while (!simulation.over()) simulation.step();
  core::write_safetensors("film.replay", to_tensors({simulation.player().setting, {simulation.episode()}}));
  const auto candidate = opened("film.replay");
  EXPECT_EQ(candidate.player.script.size(), 1);
  EXPECT_EQ(candidate.player.setting.params, std::vector<std::string>{"gravity=3"});
}

TEST_F(Casting, PutsAnAgentIntoTheWorldOfItsCheckpoint) {
  train("run", "CartPole-v1", "param = gravity=3\n");
  const Simulation simulation(opened("run").player);
  EXPECT_EQ(simulation.params()[0].value, 3);
}

TEST_F(Casting, SaysWhatIsNearToAWordThatMeansNothing) {
  EXPECT_THAT(refusal("CartPol-v1"), HasSubstr("did you mean 'CartPole-v1'"));
  EXPECT_THAT(refusal(""), HasSubstr("''"));
}

TEST_F(Casting, RefusesADirectoryThatIsNoRun) {
  fs::create_directories("empty");
  EXPECT_THAT(refusal("empty"), HasSubstr("no run"));
  fs::create_directories("empty/checkpoints");
  EXPECT_THAT(refusal("empty"), HasSubstr("no checkpoint"));
  EXPECT_THAT(refusal("latest"), HasSubstr("latest"));
}

TEST_F(Casting, RefusesAFileThatIsNeither) {
  for (const auto& content : {std::string(), std::string("hello"), std::string(5000, char{0})}) {
    write("junk", content);
    EXPECT_THROW(opened("junk"), core::CorruptError) << content.size();
  }
}

TEST_F(Casting, RefusesAFileOfAnotherKind) {
  core::Tensors other;
  other.metadata["format"] = "something else";
  core::write_safetensors("other", other);
  EXPECT_THROW(opened("other"), core::CorruptError);
}

TEST_F(Casting, OrdersCheckpointsByTheirSteps) {
  for (const char* name : {"1000", "20", "0", "last", "best", "300"})
    write(fs::path("run/checkpoints") / (std::string(name) + ".safetensors"), "");
  write("run/checkpoints/5.txt", "");
  std::vector<std::string> stems;
  for (const auto& file : checkpoints_of("run")) stems.push_back(file.stem().string());
  EXPECT_THAT(stems, testing::ElementsAre("0", "20", "300", "1000"));
}

TEST_F(Casting, RefusesAStoryWithoutCheckpoints) {
  EXPECT_THROW(checkpoints_of("nowhere"), core::UsageError);
}

TEST_F(Casting, FindsTheNewestRun) {
  const auto now = fs::file_time_type::clock::now();
  int age = 0;
  for (const char* run : {"ppo/b", "a2c/c", "a2c/a"}) {
    const auto best = fs::path("runs/CartPole-v1") / run / "checkpoints/best.safetensors";
    write(best, "");
    fs::last_write_time(best, now - std::chrono::hours(run[4] == 'c' ? 0 : ++age));
  }
  write("runs/CartPole-v1/notes.txt", "");
  fs::create_directories("runs/CartPole-v1/ppo/unfinished");
  EXPECT_EQ(newest_run("CartPole-v1"), fs::path("runs/CartPole-v1/a2c/c"));
}

TEST_F(Casting, FindsNoRunWhereThereIsNone) {
  EXPECT_FALSE(newest_run("CartPole-v1"));
  write("runs", "a file");
  EXPECT_FALSE(newest_run("CartPole-v1"));
}

std::vector<std::string> titles(const std::vector<std::string>& options, const std::string& word = "last") {
  std::vector<OpenedPlayer> candidates;
  for (std::size_t i = 0; i < options.size(); ++i) {
    const std::string run = "run" + std::to_string(i);
    train(run, "CartPole-v1", options[i]);
    candidates.push_back(opened(run, word));
  }
  tell_apart(candidates);
  std::vector<std::string> titles;
  for (const auto& candidate : candidates) titles.push_back(candidate.player.title);
  return titles;
}

TEST_F(Casting, GivesTitlesThatSayWhatDiffers) {
  EXPECT_THAT(titles({"seed = 1\n", "seed = 2\n"}), testing::ElementsAre("seed 1", "seed 2"));
}

TEST_F(Casting, GivesTitlesOfThreeDifferencesAtMost) {
  const auto all = titles({"", "seed = 2\ngamma = 0.5\nlr = 0.1\nentropy-coef = 0.3\nenvs = 4\n"});
  EXPECT_THAT(all[0], HasSubstr("…"));
  EXPECT_EQ(std::ranges::count(all[0], '\xb7'), 3);
}

TEST_F(Casting, NamesAnOptionThatOneOfThemHasNot) {
  const auto all = titles({"", "drift = gravity:sine:period=9,low=9,high=10\n"});
  EXPECT_EQ(all[0], "drift –");
}

TEST_F(Casting, LeavesOutWhatTheEnvironmentBringsAlong) {
  std::vector<OpenedPlayer> candidates;
  for (const char* env : {"CartPole-v1", "LunarLander-v3"}) {
    train(env + std::string("-run"), env);
    candidates.push_back(opened(env + std::string("-run"), "last"));
  }
  tell_apart(candidates);
  EXPECT_EQ(candidates[0].player.title, "env CartPole-v1");
  EXPECT_EQ(candidates[1].player.title, "env LunarLander-v3");
}

TEST_F(Casting, LeavesTheTitlesOfEqualTrainings) {
  EXPECT_THAT(titles({"", "introspect-every = 50\n"}), testing::ElementsAre("run0", "run1"));
}

TEST_F(Casting, TellsCheckpointsOfOneRunByTheirSteps) {
  train("run", "CartPole-v1");
  std::vector<OpenedPlayer> candidates;
  for (const char* steps : {"0", "last"}) candidates.push_back(opened("run", steps));
  tell_apart(candidates);
  EXPECT_EQ(candidates[0].player.title, "steps trained 0");
  EXPECT_EQ(candidates[1].player.title, "steps trained 256");
}

/// A run that is followed.
class Following : public Casting {
 protected:
  static constexpr const char* kLast = "run/checkpoints/last.safetensors";

  Following() : follower_(untrained(), networks()) {}

  static OpenedPlayer untrained() {
    train("run", "CartPole-v1");
    return opened("run", "0");
  }

  Follower follower_;
};

TEST_F(Following, TakesACheckpointOnce) {
  EXPECT_EQ(follower_.newest()->trainee->steps, 256);
  EXPECT_FALSE(follower_.newest());
}

TEST_F(Following, PassesOverTheOneThatIsWatchedAlready) {
  EXPECT_FALSE(Follower(opened("run", "last"), networks()).newest());
}

TEST_F(Following, TakesTheNextOne) {
  follower_.newest();
  fs::copy_file("run/checkpoints/0.safetensors", kLast, fs::copy_options::overwrite_existing);
  EXPECT_EQ(follower_.newest()->trainee->steps, 0);
}

TEST_F(Following, PassesOverWhatCannotBeRead) {
  const auto whole = core::read_file(kLast);
  for (const auto& part : {std::string(), whole.substr(0, whole.size() / 2), std::string("junk")}) {
    write(kLast, part);
    EXPECT_FALSE(follower_.newest());
  }
  write(kLast, whole);
  EXPECT_TRUE(follower_.newest());
}

TEST_F(Following, NoticesThatTheRunHasVanished) {
  EXPECT_FALSE(follower_.gone());
  fs::remove_all("run");
  EXPECT_FALSE(follower_.newest());
  EXPECT_TRUE(follower_.gone());
}

TEST_F(Following, PassesOverAnotherEnvironment) {
  fs::remove_all("run");
  train("run", "LunarLander-v3");
  EXPECT_FALSE(follower_.newest());
  write("run/config.ini", "env = LunarLander-v3\n");
  EXPECT_EQ(follower_.displaced_by(), "LunarLander-v3");
}

TEST_F(Following, IsNotDisplacedByARunThatIsGoneOrHalfWritten) {
  for (const char* config : {"env = CartPole-v1\n", "", "junk", "env ="}) {
    write("run/config.ini", config);
    EXPECT_FALSE(follower_.displaced_by()) << config;
  }
  fs::remove_all("run");
  EXPECT_FALSE(follower_.displaced_by());
}

}  // namespace
}  // namespace rhoam::watch
