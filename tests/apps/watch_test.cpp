#include <fstream>

#include "rhoam/core/safetensors.h"
#include "rhoam/tests/apps/watched.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;

using Watch = WatchedRun;

std::string file_with(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

TEST_F(Watch, WithoutADisplayNamesTheWayThatNeedsNone) {
  for (const char* display : {static_cast<const char*>(nullptr), "", ":54321", "nonsense", "localhost:1:2"}) {
    const Variable variable("DISPLAY", display);
    expect_refusal({"run"}, 2, "--record");
  }
}

TEST_F(Watch, TellsHowEveryEpisodeWent) {
  const auto told = watch({"run", "--record", "x.replay", "--episodes", "3", "--seed", "5"}).out;
  EXPECT_EQ(lines_in(told), 4) << told;
  EXPECT_NE(told.find("episode 3, seed 7: return "), std::string::npos) << told;
}

TEST_F(Watch, IsSilentWhenItIsToBe) {
  const auto finished = watch({"run", "--record", "x.replay", "--quiet"});
  EXPECT_EQ(finished.out + finished.err, "");
}

TEST_F(Watch, SumsUpInOneObject) {
  const auto all = summary({"run", "--record", "x.replay", "--episodes", "2", "--seed", "5"});
  EXPECT_EQ(all["env"], "CartPole-v1");
  EXPECT_EQ(all["episodes"], 2);
  EXPECT_EQ(all["recorded"], "x.replay");
  EXPECT_EQ(all["results"][1]["seed"], 6);
  EXPECT_EQ(all["results"][1]["return"], all["results"][1]["length"]);
}

TEST_F(Watch, SumsUpEachOfSeveralPlayers) {
  train("other", {"--seed", "2"});
  const auto all = summary({"run", "other", "--record", "a/%d.png", "--episodes", "2"});
  const auto& results = all["results"];
  EXPECT_TRUE(all["return_mean"].is_null());
  EXPECT_EQ(all["players"][1]["title"], "seed 2");
  EXPECT_EQ(all["players"][1]["return_mean"],
            (results[1]["return"].get<double>() + results[3]["return"].get<double>()) / 2);
}

TEST_F(Watch, RecordsAllOfAReplayUnlessItIsToldHowMany) {
  watch({"run", "--record", "x.replay", "--episodes", "3"});
  EXPECT_EQ(summary({"x.replay", "--record", "a/%d.png"})["episodes"], 3);
  EXPECT_EQ(summary({"x.replay", "--record", "a/%d.png", "--episodes", "1"})["episodes"], 1);
}

TEST_F(Watch, PlaysTheSameWhateverIsRecorded) {
  const auto replay = summary({"run", "--record", "x.replay", "--episodes", "2"})["results"];
  const auto pictures = summary({"run", "--record", "a/%d.png", "--episodes", "2"})["results"];
  const auto again =
      summary({"x.replay", "--record", "b/%d.png", "--episodes", "2", "--theme", "gym"})["results"];
  EXPECT_EQ(replay, pictures);
  EXPECT_EQ(replay, again);
}

TEST_F(Watch, PlaysTheCheckpointThatIsAskedFor) {
  const auto at = [&](const char* which) {
    return summary({"run", "--checkpoint", which, "--record", "x.replay"})["results"];
  };
  EXPECT_EQ(at("last"), summary({"run/checkpoints/last.safetensors", "--record", "x.replay"})["results"]);
  EXPECT_NE(at("0"), at("last"));
}

TEST_F(Watch, SamplesWhenItIsTo) {
  EXPECT_NE(summary({"run", "--record", "x.replay"})["results"],
            summary({"run", "--record", "x.replay", "--stochastic"})["results"]);
}

TEST_F(Watch, PlaysInADriftingWorld) {
  const Words drift = {"--drift", "force_mag:sine:period=20,low=-10,high=10", "--record", "x.replay"};
  EXPECT_NE(summary(Words{"run"} + drift)["results"], summary({"run", "--record", "x.replay"})["results"]);
}

TEST_F(Watch, PlaysSeveralRunsOnTheSameSeed) {
  train("other", {"--seed", "2"});
  const auto finished = watch({"run", "other", "--record", "a/%d.png", "--json"});
  const auto results = nlohmann::json::parse(finished.out)["results"];
  EXPECT_EQ(results[0]["seed"], results[1]["seed"]);
  EXPECT_NE(finished.err.find("seed 0, seed 2: return"), std::string::npos) << finished.err;
}

TEST_F(Watch, RefusesAFlippedBit) {
  watch({"run", "--record", "x.replay", "--quiet"});
  const auto whole = read_text("x.replay");
  for (std::size_t i = 0; i < whole.size(); i += whole.size() / 7) {
    auto damaged = whole;
    damaged[i] ^= 4;
    const auto finished = rhoam({"watch", file_with("damaged", damaged), "--record", "y.replay"});
    EXPECT_EQ(finished.code, 5) << i << finished.err;
    EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
  }
}

TEST_F(Watch, RefusesAReplayThatWasCut) {
  watch({"run", "--record", "x.replay", "--quiet"});
  const auto whole = read_text("x.replay");
  for (const std::size_t kept : {std::size_t{0}, std::size_t{7}, whole.size() / 2, whole.size() - 1})
    expect_refusal({file_with("cut", whole.substr(0, kept)), "--record", "y.replay"}, 5, "cut");
}

TEST_F(Watch, RefusesAnotherActionThoughTheChecksumIsRight) {
  watch({"run", "--record", "x.replay", "--quiet"});
  auto replay = core::read_safetensors("x.replay");
  auto& third = replay.all().at("episode/0/actions").bytes[2 * 4 + 3];  // 0 is 0, and 1 is 3f800000
  auto& low = replay.all().at("episode/0/actions").bytes[2 * 4 + 2];
  const bool one = third == std::byte{0x3f};
  third = std::byte{static_cast<unsigned char>(one ? 0 : 0x3f)};
  low = std::byte{static_cast<unsigned char>(one ? 0 : 0x80)};
  core::write_safetensors("y.replay", replay);
  const auto finished = rhoam({"watch", "y.replay", "--record", "a/%d.png"});
  EXPECT_EQ(finished.code, 5) << finished.err;
  EXPECT_TRUE(fs::is_empty("a"));
}

TEST_F(Watch, RefusesAReplayBeforeAWindowIsWanted) {
  const Variable nowhere("DISPLAY", nullptr);
  expect_refusal({file_with("junk", "junk")}, 5, "junk");
}

TEST_F(Watch, PlaysReplaysOfSeveralEpisodesInTurn) {
  const auto recorded = summary({"run", "--record", "x.replay", "--episodes", "3"})["results"];
  const auto again = summary({"x.replay", "--record", "y.replay", "--episodes", "4"})["results"];
  EXPECT_EQ(again[2], recorded[2]);
  EXPECT_EQ(again[3], recorded[0]);
  EXPECT_EQ(read_text("x.replay").size() < read_text("y.replay").size(), true);
}

TEST_F(Watch, RefusesWhatAReplayDoesNotListenTo) {
  watch({"run", "--record", "x.replay"});
  const Words film = {"x.replay", "--record", "p/%d.png"};
  expect_refusal(film + Words{"--seed", "4"}, 2, "--seed");
  expect_refusal(film + Words{"--stochastic"}, 2, "--stochastic");
  expect_refusal(film + Words{"--checkpoint", "best"}, 2, "--checkpoint");
}

TEST_F(Watch, RefusesAFolderThatIsNotThereAndMakesNone) {
  for (const char* file :
       {"no/x.replay", "no/%05d.png", "no/x.mp4", "a/no/x.gif", "run/config.ini/no/x.webm"})
    expect_refusal({"run", "--record", file}, 2, "there is no folder '");
  expect_refusal({"run", "--story", "--record", "no/x.mp4"}, 2, "'no'; make it first, with mkdir -p");
  EXPECT_FALSE(fs::exists("no"));
  EXPECT_TRUE(fs::is_empty("a"));
}

struct Refused {
  Words words;
  const char* part;
};

void PrintTo(const Refused& refused, std::ostream* out) {
  for (const auto& word : refused.words) *out << word << ' ';
}

class WatchRefuses : public WatchedRun, public testing::WithParamInterface<Refused> {
 protected:
  WatchRefuses() {
    fs::create_directories("empty");
    fs::create_directories("hollow/checkpoints");
    fs::create_directories("links");
    fs::create_symlink("circle", "links/circle");
    fs::create_directories("cell");
    std::ofstream("cell/result.json") << "{}";
  }

  const Variable no_display_{"DISPLAY", nullptr};
};

TEST_P(WatchRefuses, InOneLineAndWritesNothing) {
  const auto words = GetParam().words;
  expect_refusal(words, 2, GetParam().part);
  for (const auto& entry : fs::directory_iterator(".")) EXPECT_TRUE(fs::is_directory(entry)) << entry.path();
}

INSTANTIATE_TEST_SUITE_P(
    Usage, WatchRefuses,
    testing::Values(
        Refused{{}, "watch needs"}, Refused{{"nowhere"}, "nowhere"}, Refused{{"CartPol-v1"}, "did you mean"},
        Refused{{"empty"}, "no run"}, Refused{{"hollow"}, "no checkpoint"},
        Refused{{"run/config.ini/x"}, "config.ini/x"}, Refused{{"run", "--checkpoint", "9"}, "'9'"},
        Refused{{"run", "--checkpoint", "bset", "--record", "p/%d.png"}, "best, last"},
        Refused{{"run", "--record", "a.avi"}, ".gif, .replay, and"},
        Refused{{"run", "--record", "a.png"}, "%05d"}, Refused{{"run", "--record", "%d%d.png"}, "%05d"},
        Refused{{"run", "--record", "%n.png"}, "%05d"}, Refused{{"run", "--record", "%s.png"}, "%05d"},
        Refused{{"run", "--record", "mp4"}, ".mp4"}, Refused{{"run", "--story"}, "--record"},
        Refused{{"CartPole-v1", "--story", "--record", "p/%d.png"}, "one run directory"},
        Refused{{"hollow", "--story", "--record", "p/%d.png"}, "no checkpoint"},
        Refused{{"run", "run", "--story", "--record", "p/%d.png"}, "one run directory"},
        Refused{{"run", "--story", "--record", "a.replay"}, "one player"},
        Refused{{"run", "run", "--record", "a.replay"}, "one player"},
        Refused{{"run", "--follow", "--record", "p/%d.png"}, "--story"},
        Refused{{"CartPole-v1", "--follow"}, "one run directory"},
        Refused{{"run", "LunarLander-v3", "--ghosts", "--record", "p/%d.png"}, "one environment"},
        Refused{{"CartPole-v1", "--charts", "on", "--record", "p/%d.png"}, "--charts on"},
        Refused{{"run", "--size", "9x9", "--record", "p/%d.png"}, "WIDTHxHEIGHT"},
        Refused{{"run", "--size", "9x9", "--record", "a.replay"}, "WIDTHxHEIGHT"},
        Refused{{"run", "--scale", "0.01", "--record", "p/%d.png"}, "0.01"},
        Refused{{"run", "--scale", "1e300", "--record", "p/%d.png"}, "1e300"},
        Refused{{"run", "--speed", "nan", "--record", "p/%d.png"}, "nan"},
        Refused{{"run", "--episodes", "1e99", "--record", "p/%d.png"}, "1e99"},
        Refused{{"run", "--seed", "-1", "--record", "p/%d.png"}, "-1"},
        Refused{{"run", "--theme", "pink", "--record", "p/%d.png"}, "gym"},
        Refused{{"run", "--param", "gravty=1", "--record", "p/%d.png"}, "did you mean 'gravity'"},
        Refused{{"run", "--param", "gravity=1\n2", "--record", "p/%d.png"}, "gravity"},
        Refused{{"run", "--param", "gravity=1e300", "--record", "p/%d.png"}, "1e+300"},
        Refused{{"run", "--drift", "gravity:sine:period=0", "--record", "p/%d.png"}, "period"},
        Refused{{"CartPole-v1", "--drift", "gravity:sine:period=9updates", "--record", "p/%d.png"},
                "steps or episodes"},
        Refused{{"CartPole-v1", "--param", "gravity=3", "--drift", "gravity:sine:period=9,low=5,high=9"},
                "drop --param gravity"},
        Refused{{"run", "--param", "", "--record", "p/%d.png"}, "--param"},
        Refused{{"run", "--drift", "", "--record", "p/%d.png"}, "--drift"},
        Refused{{"run", "--size", "", "--record", "p/%d.png"}, "--size"},
        Refused{{"run", "--record", ""}, "--record is given without a value"},
        Refused{{"run", "--size", "600x400", "--scale", "2", "--record", "p/%d.png"}, "leave one out"},
        Refused{{"run", "--story", "--checkpoint", "last", "--record", "p/%d.png"}, "--checkpoint"},
        Refused{{"CartPole-v1", "--checkpoint", "last", "--record", "p/%d.png"}, "of a run"},
        Refused{{"run", "--checkpoint", "9", "--record", "p/%d.png"}, "best, last"},
        Refused{{"links/circle"}, "links/circle"}, Refused{{std::string(10000, 'x')}, "xxx…"},
        Refused{{"cell"}, "kept no checkpoint"},
        Refused{Words(20, "CartPole-v1") + Words{"--record", "p/%d.png"}, "12"}));

}  // namespace
}  // namespace rhoam::tests
