// What a run goes on from when some of its files are missing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Files = std::map<std::string, std::string>;

/// Everything below a folder.
Files files_of(const fs::path& folder) {
  Files files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files[entry.path().lexically_relative(folder)] = read_text(entry.path());
  return files;
}

/// A short finished training with a drift, at 0, 2048, 4096 and 6144 steps; each test harms its own copy.
class RunFiles : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    whole_ = new TemporaryDirectory;
    rhoam({"train", "CartPole-v1", "--steps", "6144", "--eval-every", "2048", "--checkpoint-every", "2048",
           "--eval-episodes", "2", "--drift", "gravity:square:dwell=900,low=9,high=10", "--quiet", "--out",
           (*whole_ / "run").string()});
  }
  static void TearDownTestSuite() { delete whole_; }
  void SetUp() override { fs::copy(*whole_ / "run", run(), fs::copy_options::recursive); }

  fs::path run() const { return place_ / "run"; }
  fs::path checkpoint(const std::string& name) const {
    return run() / "checkpoints" / (name + ".safetensors");
  }
  void remove(const std::vector<std::string>& names) const {
    for (const auto& name : names) ASSERT_TRUE(fs::remove(run() / name)) << name;
  }
  void remove_checkpoints(const std::vector<std::string>& names) const {
    for (const auto& name : names) ASSERT_TRUE(fs::remove(checkpoint(name))) << name;
  }
  Finished resume(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"train", "--resume", run().string(), "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return rhoam(words);
  }
  void expect_goes_on(const std::string& note) const {
    const auto resumed = resume();
    EXPECT_EQ(resumed.code, 0) << resumed.err;
    EXPECT_THAT(resumed.err, HasSubstr(note));
    EXPECT_EQ(std::ranges::count(resumed.err, '\n'), note.empty() ? 0 : 1) << resumed.err;
    for (const char* file : {"checkpoints/last.safetensors", "checkpoints/2048.safetensors",
                             "checkpoints/6144.safetensors", "drift.csv", "config.ini"})
      EXPECT_TRUE(read_text(run() / file) == read_text(*whole_ / "run" / file)) << file;
    EXPECT_EQ(without_columns(read_text(run() / "metrics.csv"), "time/"),
              without_columns(read_text(*whole_ / "run" / "metrics.csv"), "time/"));
  }
  void expect_refused(const std::string& part, const std::vector<std::string>& more = {},
                      int code = 5) const {
    const auto before = files_of(run());
    const auto resumed = resume(more);
    EXPECT_EQ(resumed.code, code) << resumed.err;
    EXPECT_THAT(resumed.err, HasSubstr(part));
    EXPECT_EQ(std::ranges::count(resumed.err, '\n'), 1) << resumed.err;
    EXPECT_TRUE(before == files_of(run())) << "something was changed";
  }

  static inline TemporaryDirectory* whole_ = nullptr;
  TemporaryDirectory place_;
};

TEST_F(RunFiles, WithoutLastItGoesOnFromTheNewestNumberedCheckpoint) {
  remove_checkpoints({"last", "6144"});
  expect_goes_on("going on from 4096.safetensors");
}

TEST_F(RunFiles, ADanglingLinkIsNoCheckpoint) {
  remove_checkpoints({"last"});
  fs::create_symlink("nowhere", checkpoint("last"));
  expect_goes_on("going on from 6144.safetensors");
}

TEST_F(RunFiles, WithoutAnyOtherItGoesOnFromTheBest) {
  fs::copy_file(checkpoint("4096"), checkpoint("best"), fs::copy_options::overwrite_existing);
  remove_checkpoints({"last", "0", "4096", "6144"});
  fs::rename(checkpoint("2048"), place_ / "2048");
  const auto resumed = resume();
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_THAT(resumed.err, HasSubstr("going on from best.safetensors"));
  EXPECT_TRUE(read_text(checkpoint("last")) == read_text(*whole_ / "run/checkpoints/last.safetensors"));
}

TEST_F(RunFiles, ADamagedLastIsRefusedAndTheWayOutIsNamed) {
  std::ofstream(checkpoint("last"), std::ios::binary) << "damaged";
  expect_refused("move it away to go on from 6144.safetensors");
}

TEST_F(RunFiles, AFolderAsLastIsRefused) {
  remove_checkpoints({"last"});
  fs::create_directory(checkpoint("last"));
  expect_refused("is no file; move it away to go on from 6144.safetensors");
}

TEST_F(RunFiles, LogsWithoutACheckpointAreNotBegunAfresh) {
  for (const bool folder_stays : {true, false}) {
    fs::remove_all(run() / "checkpoints");
    if (folder_stays) fs::create_directory(run() / "checkpoints");
    expect_refused("has logs but no checkpoint");
  }
  remove({"metrics.csv", "drift.csv"});
  expect_refused("has logs but no checkpoint");
}

TEST_F(RunFiles, NeitherLogsNorCheckpointsIsAFreshStart) {
  fs::remove_all(run() / "checkpoints");
  remove({"metrics.csv", "drift.csv", "events.out.tfevents.rhoam", "manifest.json"});
  expect_goes_on("starting afresh");
  EXPECT_TRUE(fs::exists(run() / "manifest.json"));
}

TEST_F(RunFiles, MissingLogsAreRefused) {
  for (const char* log : {"metrics.csv", "drift.csv", "events.out.tfevents.rhoam"}) {
    fs::rename(run() / log, place_ / "log");
    expect_refused(std::string(log) + "' is missing or empty");
    std::ofstream(run() / log).flush();
    expect_refused(std::string(log) + "' is missing or empty");
    fs::rename(place_ / "log", run() / log);
  }
}

TEST_F(RunFiles, ShorterLogsAreRefused) {
  for (const char* log : {"metrics.csv", "drift.csv", "events.out.tfevents.rhoam"}) {
    const auto text = read_text(run() / log);
    fs::resize_file(run() / log, text.size() / 2);
    expect_refused(log);
    std::ofstream(run() / log, std::ios::binary) << text;
  }
}

TEST_F(RunFiles, AMissingConfigIsWrittenAgain) {
  remove({"config.ini"});
  expect_goes_on("config.ini' was missing");
}

TEST_F(RunFiles, AMissingManifestOrBestHoldsNothingUp) {
  remove({"manifest.json"});
  expect_goes_on("");
  remove_checkpoints({"best"});
  expect_goes_on("best.safetensors' is missing");
}

TEST_F(RunFiles, AnEarlierCheckpointCopiedOverLastRewritesNoOther) {
  fs::copy_file(checkpoint("2048"), checkpoint("last"), fs::copy_options::overwrite_existing);
  EXPECT_TRUE(read_text(checkpoint("6144")) == read_text(*whole_ / "run/checkpoints/6144.safetensors"));
  expect_goes_on("");
}

TEST_F(RunFiles, AFinishedRunSaysSoAndHowToGoOn) {
  const auto resumed = rhoam({"train", "--resume", run().string()});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_THAT(resumed.out,
              HasSubstr("the run is finished: 6144 of 6144 steps; to train longer: rhoam train"));
}

TEST_F(RunFiles, StepsTrainLongerAndConfigSaysSo) {
  const auto resumed = rhoam({"train", "--resume", run().string(), "--steps", "8192"});
  EXPECT_EQ(resumed.code, 0) << resumed.err;
  EXPECT_THAT(resumed.out, HasSubstr("continues after 6144 steps, up to 8192 instead of 6144"));
  EXPECT_THAT(read_text(run() / "config.ini"), HasSubstr("steps = 8192\n"));
  EXPECT_EQ(cells_of(run() / "metrics.csv", "time/total_timesteps").back(), "8192");
  EXPECT_EQ(resume().code, 0);
}

TEST_F(RunFiles, StepsInConfigTrainLongerToo) {
  auto config = read_text(run() / "config.ini");
  config.replace(config.find("steps = 6144"), 12, "steps = 8192");
  std::ofstream(run() / "config.ini") << "\xef\xbb\xbf# my own words\n" << config;
  EXPECT_EQ(resume().code, 0);
  EXPECT_EQ(cells_of(run() / "metrics.csv", "time/total_timesteps").back(), "8192");
  EXPECT_THAT(read_text(run() / "config.ini"), HasSubstr("my own words"));
}

TEST_F(RunFiles, FewerStepsThanDoneAreRefused) {
  expect_refused("has done 6144 steps", {"--steps", "4096"}, 2);
}

TEST_F(RunFiles, OtherOptionsAreRefusedAndNameFrom) {
  expect_refused("--lr cannot be changed; --from", {"--lr", "0.1"}, 2);
  expect_refused("--seed cannot be changed; --from", {"--seed", "1"}, 2);
  expect_refused("unknown option '--bogus'", {"--bogus", "1"}, 2);
}

TEST_F(RunFiles, AnotherOptionInConfigIsNamed) {
  auto config = read_text(run() / "config.ini");
  config.replace(config.find("seed = 0"), 8, "seed = 7");
  std::ofstream(run() / "config.ini") << config;
  expect_refused("'seed = 0' there, 'seed = 7' here");
}

TEST_F(RunFiles, AMistypedLineOfConfigIsRefusedAndStepsMayNotBeMissing) {
  const std::string config = read_text(run() / "config.ini");
  const auto steps = config.find("steps = 6144");
  ASSERT_NE(steps, std::string::npos);
  for (const auto& [line, reason] : {std::pair{"stepz = 9216", "no line 'steps = N'"},
                                     {"", "no line 'steps = N'"},
                                     {"steps = 9216\ngama = 1", "gamma"}}) {
    std::ofstream(run() / "config.ini") << std::string(config).replace(steps, 12, line);
    const auto resumed = resume();
    EXPECT_EQ(resumed.code, 2) << line;
    EXPECT_THAT(resumed.err, HasSubstr(reason));
  }
}

TEST_F(RunFiles, TheLastCheckpointsAreKeptOnResume) {
  EXPECT_EQ(resume({"--steps", "9000", "--keep-checkpoints", "2"}).code, 0);
  for (const char* name : {"last", "best", "8192", "9088"}) EXPECT_TRUE(fs::exists(checkpoint(name))) << name;
  for (const char* name : {"0", "2048", "4096", "6144"}) EXPECT_FALSE(fs::exists(checkpoint(name))) << name;
  EXPECT_EQ(resume({"--keep-checkpoints", "-1"}).code, 2);
}

TEST_F(RunFiles, EvalTakesTheLastOnlyWhereThereIsNoBest) {
  EXPECT_EQ(rhoam({"eval", run().string(), "--episodes", "2"}).code, 0);
  remove_checkpoints({"best"});
  EXPECT_THAT(rhoam({"eval", run().string(), "--episodes", "2"}).out, HasSubstr("last.safetensors"));
  fs::create_symlink("nowhere", checkpoint("best"));
  EXPECT_EQ(rhoam({"eval", run().string(), "--episodes", "2"}).code, 2);
  remove_checkpoints({"last"});
  EXPECT_THAT(rhoam({"eval", run().string(), "--checkpoint", "last"}).err, HasSubstr("there are 0, 2048"));
}

TEST(ResumeLonger, SaysWhichSchedulesJump) {
  const TemporaryDirectory place;
  const auto run = (place / "a b").string();
  ASSERT_EQ(
      rhoam({"train", "CartPole-v1", "--steps", "4096", "--eval-episodes", "2", "--quiet", "--out", run})
          .code,
      0);
  const auto longer = rhoam({"train", "--resume", run, "--steps", "6144"});
  EXPECT_THAT(longer.out, HasSubstr("so that it jumps here: actor.lr, critic.lr"));
}

/// What is printed to go on with is run as it is.
TEST(PrintedCommands, RunInAShellWhateverThePathIs) {
  const TemporaryDirectory place;
  for (const std::string name : {"a b", "-dash", "$(x)", "it's \"so\"", "a\nb", "日本語", "~", "a;b&c"}) {
    const auto in_place = [&](const std::string& command) {
      return run("sh", {"-c", "cd '" + place.path().string() + "' && PATH='" +
                                  fs::path(RHOAM_PROGRAM).parent_path().string() + "':$PATH && " + command});
    };
    std::ofstream(place / "name") << name;
    const auto trained =
        in_place("rhoam train CartPole-v1 --steps 2048 --eval-episodes 2 --out \"$(cat name)\"");
    ASSERT_EQ(trained.code, 0) << name << trained.err;
    const auto next = trained.out.substr(trained.out.find("; next: ") + 8);
    EXPECT_EQ(in_place(next).code, 0) << next;
    const auto finished = in_place("rhoam train --resume \"$(cat name)\"").out;
    auto longer = finished.substr(finished.find("longer: ") + 8);
    longer.resize(longer.find(" --steps 4096") + 13);
    EXPECT_EQ(in_place(longer).code, 0) << longer;
  }
}

}  // namespace
}  // namespace rhoam::tests
