#include "rhoam/watch/replay.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/core/scratch_folder.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::watch {
namespace {

/// Plays episodes of a player, turning a parameter in the middle of each.
Replay record(Player player, int episodes = 2) {
  Simulation simulation(std::move(player));
  Replay replay{simulation.player().setting, {}};
  simulation.set_greedy(false);
  for (int i = 0; i < episodes; ++i) {
    simulation.start(i, 7 + static_cast<std::uint64_t>(i), {.steps = 1000 * i, .updates = 0, .episodes = i});
    while (!simulation.over()) {
      if (simulation.length() == 3)
        simulation.set_param(simulation.params()[1].name, simulation.params()[1].value);
      simulation.step();
    }
    replay.episodes.push_back(simulation.episode());
  }
  return replay;
}

Player replayer(Replay replay) {
  Player player = make_random_player(replay.setting.env);
  player.setting = std::move(replay.setting);
  player.script = std::move(replay.episodes);
  return player;
}

/// Performs every episode, as a viewer would.
void perform(const core::Tensors& file) {
  auto replay = replay_of(file);
  const auto episodes = std::ssize(replay.episodes);
  Simulation simulation(replayer(std::move(replay)));
  for (std::int64_t i = 0; i < episodes; ++i) simulation.start(i, 0, {});
}

std::string refusal_of(const core::Tensors& file) {
  return test::error_of<core::CorruptError>([&] { perform(file); });
}

core::Tensors cart_replay() {
  return to_tensors(record(random_player("CartPole-v1", {"masspole=0.2"}, {wave_of("CartPole-v1")})));
}

/// The same file with another value in one tensor.
template <class T>
core::Tensors with(core::Tensors file, const std::string& name, std::size_t i, T value) {
  std::memcpy(file.all().at(name).bytes.data() + i * sizeof(T), &value, sizeof(T));
  return file;
}

core::Tensors with_text(core::Tensors file, const std::string& name, const std::string& text) {
  file.metadata[name] = text;
  return file;
}

/// One that has lost its last bytes.
core::Tensors cut(core::Tensors file, const std::string& name, std::size_t elements, std::size_t size) {
  auto& tensor = file.all().at(name);
  tensor.bytes.resize(tensor.bytes.size() - elements * size);
  tensor.shape = {static_cast<std::int64_t>(tensor.bytes.size() / size)};
  return file;
}

class ReplayOfEveryWorld : public testing::TestWithParam<std::string> {};

TEST_P(ReplayOfEveryWorld, ComesOutAsItWasRecorded) {
  Player player = agent(GetParam());
  player.setting.params = {"observation-noise=0.05"};
  player.setting.drifts = {wave_of(GetParam()), "action-delay:steps:at=20,values=0/2"};
  const auto recorded = record(std::move(player));
  const auto bytes = core::format_safetensors(to_tensors(recorded));
  auto read = replay_of(core::parse_safetensors(bytes));
  ASSERT_EQ(read.episodes.size(), 2);
  Simulation simulation(replayer(std::move(read)));
  for (std::size_t i = 0; i < 2; ++i) {
    simulation.start(static_cast<std::int64_t>(i), 0, {});
    EXPECT_TRUE(simulation.over());
    EXPECT_EQ(simulation.episode().hashes, recorded.episodes[i].hashes);
    EXPECT_EQ(simulation.episode().episode_return, recorded.episodes[i].episode_return);
  }
}

TEST_P(ReplayOfEveryWorld, KeepsTheWorldThatACheckpointLeft) {
  const auto tensors = trained(GetParam(), "param = sticky-actions=0.4\n");
  const auto recorded = record(make_trainee(tensors, "agent", networks()), 1);
  EXPECT_NO_THROW(perform(to_tensors(recorded)));
}

INSTANTIATE_TEST_SUITE_P(All, ReplayOfEveryWorld, testing::ValuesIn(envs::env_ids()),
                         [](const auto& tested) { return tested.param.substr(0, tested.param.find('-')); });

TEST(Replay, OfAThousandStepsTakesLessThanTenKilobytes) {
  const Replay replay{{.env = "LunarLanderContinuous-v3"},
                      {{.actions = std::vector<float>(2000), .hashes = std::vector<std::uint64_t>(20)}}};
  EXPECT_LT(core::format_safetensors(to_tensors(replay)).size(), 10'000);
}

TEST(Replay, IsToldFromACheckpoint) {
  EXPECT_TRUE(is_replay(cart_replay()));
  EXPECT_FALSE(is_replay(trained("CartPole-v1")));
}

TEST(Replay, StartsWithAnyNumberAgain) {
  auto replay = record(random_player("CartPole-v1"));
  const auto second = replay.episodes[1].hashes;
  Simulation simulation(replayer(std::move(replay)));
  simulation.start(5, 99, {.steps = 3});
  EXPECT_EQ(simulation.episode().hashes, second);
}

TEST(Replay, IsRefusedWithAnotherAction) {
  const auto file = cart_replay();
  float action = 0;
  std::memcpy(&action, file.all().at("episode/0/actions").bytes.data() + 4 * 5, 4);
  EXPECT_NE(refusal_of(with(file, "episode/0/actions", 5, 1 - action)), "");
}

TEST(Replay, IsRefusedWithAnActionThatIsNone) {
  for (const float action : {2.f, -1.f, 0.5f, 1e30f, std::numeric_limits<float>::quiet_NaN()})
    EXPECT_EQ(refusal_of(with(cart_replay(), "episode/0/actions", 5, action)),
              "the replay cannot go on after step 5");
}

TEST(Replay, IsRefusedWithAnotherHash) {
  const auto file = cart_replay();
  const auto hashes = file.words("episode/1/hashes");
  for (std::size_t i = 0; i < hashes.size(); ++i)
    EXPECT_NE(refusal_of(with(file, "episode/1/hashes", i, hashes[i] ^ 1)), "") << i;
}

TEST(Replay, IsRefusedWithAnotherSeed) {
  EXPECT_NE(refusal_of(with(cart_replay(), "episode/0/seed", 0, std::uint64_t{8})), "");
}

TEST(Replay, IsRefusedWithOtherClocks) {
  EXPECT_NE(refusal_of(with(cart_replay(), "episode/0/clocks", 0, std::int64_t{11})), "");
}

TEST(Replay, IsRefusedInAnotherWorld) {
  const auto file = cart_replay();
  EXPECT_NE(refusal_of(with_text(file, "params", "masspole=0.21")), "");
  EXPECT_NE(refusal_of(with_text(file, "params", "")), "");
  EXPECT_NE(refusal_of(with_text(file, "drifts", "")), "");
  EXPECT_NE(refusal_of(with_text(file, "episode/0/changes", "3 masscart=2")), "");
}

TEST(Replay, IsRefusedWithoutItsLastActions) {
  EXPECT_NE(refusal_of(cut(cart_replay(), "episode/0/actions", 1, 4)), "");
  EXPECT_NE(refusal_of(cut(cart_replay(), "episode/0/hashes", 1, 8)), "");
}

/// Nothing is left of an episode that was longer.
TEST(Replay, IsRefusedWhereItStopsBeforeTheEnd) {
  auto file = cart_replay();
  file = cut(file, "episode/0/actions", file.all().at("episode/0/actions").bytes.size() / 4 - 5, 4);
  file = cut(file, "episode/0/hashes", file.words("episode/0/hashes").size(), 8);
  EXPECT_NE(refusal_of(file), "");
}

TEST(Replay, IsRefusedWithMoreActionsThanItsEpisodeHas) {
  auto file = cart_replay();
  auto& actions = file.all().at("episode/0/actions");
  actions.bytes.resize(actions.bytes.size() + 4);
  ++actions.shape[0];
  EXPECT_NE(refusal_of(file), "");
}

TEST(Replay, IsRefusedWithPartOfAnAction) {
  auto file = to_tensors(record(random_player("LunarLanderContinuous-v3"), 1));
  EXPECT_EQ(refusal_of(cut(file, "episode/0/actions", 1, 4)), "the replay's actions are cut");
}

TEST(Replay, IsRefusedWithoutAnyOfItsParts) {
  const auto file = cart_replay();
  for (const auto& [name, tensor] : file.all()) {
    if (name == "episode/1/seed") continue;  // it then holds one episode
    auto less = file;
    less.all().erase(name);
    EXPECT_NE(refusal_of(less), "") << name;
  }
  for (const auto& [name, text] : file.metadata) {
    if (name == "format" || name == "checksum") continue;
    auto less = file;
    less.metadata.erase(name);
    EXPECT_NE(refusal_of(less), "") << name;
  }
}

TEST(Replay, IsRefusedWithAPartOfAnotherTypeOrShape) {
  const auto file = cart_replay();
  for (const auto& [name, tensor] : file.all()) {
    auto other = file;
    auto& damaged = other.all().at(name);
    const auto words = std::max<std::size_t>(1, damaged.bytes.size() / 8) + 1;
    damaged = {.type = core::ElementType::f64,
               .shape = {static_cast<std::int64_t>(words)},
               .bytes = std::vector<std::byte>(words * 8)};
    EXPECT_NE(refusal_of(other), "") << name;
  }
}

TEST(Replay, IsRefusedWithClocksThatNoWorldCanHave) {
  for (const std::int64_t clock :
       {std::int64_t{-1}, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_NE(refusal_of(with(cart_replay(), "episode/0/clocks", i, clock)), "") << clock;
}

struct Hostile {
  const char *field, *text;
};

void PrintTo(const Hostile& hostile, std::ostream* out) { *out << hostile.field << ": " << hostile.text; }

class HostileReplay : public testing::TestWithParam<Hostile> {};

TEST_P(HostileReplay, IsRefused) {
  EXPECT_NE(refusal_of(with_text(cart_replay(), GetParam().field, GetParam().text)), "");
}

INSTANTIATE_TEST_SUITE_P(
    Fields, HostileReplay,
    testing::Values(Hostile{"env", "NoSuch-v0"}, Hostile{"env", ""}, Hostile{"env", "LunarLander-v3"},
                    Hostile{"env", "../../etc/passwd"}, Hostile{"params", "gravity=1\n\nmasscart=2"},
                    Hostile{"params", "gravity"}, Hostile{"params", "gravity=nan"},
                    Hostile{"params", "gravity=1e300"}, Hostile{"params", "nothing=1"},
                    Hostile{"drifts", "gravity"}, Hostile{"drifts", "gravity:sine:period=0"},
                    Hostile{"drifts", "gravity:sine:period=9,high=1e300"},
                    Hostile{"drifts", "gravity:sine:period=9updates"},
                    Hostile{"drifts", "gravity:9\ngravity:8"}, Hostile{"drift_seed", "-1"},
                    Hostile{"drift_seed", "x"}, Hostile{"whole_steps", "-1"}, Hostile{"whole_steps", "nan"},
                    Hostile{"updates_per_step", "inf"}, Hostile{"updates_per_step", ""},
                    Hostile{"episode/0/changes", "x"}, Hostile{"episode/0/changes", "-1 gravity=1"},
                    Hostile{"episode/0/changes", "3 gravity"}, Hostile{"episode/0/changes", "3 gravty=1"},
                    Hostile{"episode/0/changes", "3 gravity=1e300"},
                    Hostile{"episode/0/changes", "3 masspole=0.1\n2 masspole=0.1"},
                    Hostile{"episode/0/changes", "999999999999 masspole=0.1"}));

TEST(Replay, WithManyChangesIsReadAtOnce) {
  std::string changes;
  for (int i = 0; i < 200'000; ++i) changes += "900000 masscart=1\n";
  changes.pop_back();
  EXPECT_NE(refusal_of(with_text(cart_replay(), "episode/0/changes", changes)), "");
}

TEST(Replay, MayCountUpdatesAsFastAsItLikes) {
  const auto file = to_tensors(record(random_player("CartPole-v1")));
  EXPECT_EQ(refusal_of(with_text(file, "updates_per_step", "1e300")), "");
}

TEST(Replay, WithAWanderingDriftFarAwayIsRefusedSoon) {
  const auto file =
      to_tensors(record(random_player("CartPole-v1", {}, {"gravity:ou:tau=9,center=9.8,amplitude=1"})));
  EXPECT_NE(refusal_of(with(file, "episode/0/clocks", 0, std::int64_t{1} << 50)), "");
}

}  // namespace
}  // namespace rhoam::watch
