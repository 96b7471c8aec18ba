// The policy and action that a picture tells of are those of the step that its scene shows.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "rhoam/envs/registry.h"
#include "rhoam/tests/watch/players.h"
#include "rhoam/watch/hud.h"
#include "rhoam/watch/playback.h"

namespace rhoam::watch {
namespace {

using render::Overlay;

using Action = std::vector<float>;

/// The action that is marked as chosen; empty: none is.
Action chosen_in(const Overlay& overlay) {
  Action action;
  for (std::size_t i = 0; i < overlay.choices.size(); ++i)
    if (overlay.choices[i].chosen) action.push_back(static_cast<float>(i));
  for (const auto& lever : overlay.levers)
    if (!std::isnan(lever.action)) action.push_back(static_cast<float>(lever.action));
  return action;
}

/// The action that is marked as what the world was given.
Action executed_in(const Overlay& overlay) {
  Action action;
  for (std::size_t i = 0; i < overlay.choices.size(); ++i)
    if (overlay.choices[i].executed) action.push_back(static_cast<float>(i));
  for (const auto& lever : overlay.levers)
    if (!std::isnan(lever.executed)) action.push_back(static_cast<float>(lever.executed));
  return action;
}

/// All that a scene shows, as numbers.
std::vector<double> numbers(const envs::DrawList& scene) {
  std::vector<double> all;
  for (const auto& shape : scene.shapes()) {
    all.insert(all.end(), {static_cast<double>(shape.kind), static_cast<double>(shape.ink), shape.size});
    for (const auto& spot : scene.points(shape)) all.insert(all.end(), {spot.x, spot.y});
  }
  for (const auto& exhaust : scene.exhausts())
    all.insert(all.end(), {exhaust.nozzle.x, exhaust.nozzle.y, exhaust.velocity.x, exhaust.power});
  return all;
}

/// What comes between the policy and the world.
struct Between {
  const char* name;
  std::vector<std::string> params, drifts;
  bool greedy = true;
};

const Between kBetween[] = {
    {"Nothing", {}, {}},
    {"SampledNothing", {}, {}, false},
    {"Flip", {"action-flip=1"}, {}},
    {"FlipNowAndThen", {}, {"action-flip:square:dwell=7"}, false},
    {"Permutation", {"action-permutation=1"}, {}, false},
    {"Delay", {"action-delay=3"}, {}, false},
    {"Sticky", {"sticky-actions=0.4"}, {}, false},
    {"All", {"action-delay=2", "sticky-actions=0.3"}, {"action-flip:square:dwell=11"}, false},
};

std::string letters(std::string text) {
  std::erase_if(text, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return text;
}

class Agreement : public testing::TestWithParam<std::tuple<std::string, Between>> {
 protected:
  const std::string& env() const { return std::get<0>(GetParam()); }
  const Between& between() const { return std::get<1>(GetParam()); }

  Playback playback() const {
    Player player = agent(env());
    player.setting.params = between().params;
    player.setting.drifts = between().drifts;
    return {only(std::move(player)), 5, between().greedy};
  }

  /// The bare world of these episodes, without anything between.
  training::World world(const Playback& playback) const {
    Player bare = agent(env());
    training::World world = make_world(bare.setting);
    world.env->reset(playback.seed(), batch_);
    return world;
  }

  mutable envs::StepBatch batch_;
};

/// A second world that is given the actions told of looks the same in every frame.
TEST_P(Agreement, TheActionToldOfMadeThePicture) {
  Playback playback = this->playback();
  const auto twin = world(playback);
  const Simulation& simulation = playback.simulations()[0];
  envs::DrawList seen;
  for (;; playback.forward()) {
    const auto now = overlay_of(simulation, playback.head());
    if (playback.head() > 0) twin.env->step(executed_in(now), batch_);
    seen.clear();
    twin.env->draw(0, seen);
    ASSERT_EQ(numbers(simulation.moment(playback.head()).scene), numbers(seen)) << playback.head();
    if (playback.at_end()) break;
  }
  EXPECT_TRUE(simulation.over());
}

TEST_P(Agreement, TheActionToldOfIsTheOneThatThePolicyChose) {
  Playback playback = this->playback();
  playback.play_ahead();
  const Simulation& simulation = playback.simulations()[0];
  const auto width = static_cast<std::size_t>(simulation.spec().action.size());
  EXPECT_TRUE(chosen_in(overlay_of(simulation, 0)).empty());
  for (std::int64_t step = 1; step <= simulation.length(); ++step) {
    const auto overlay = overlay_of(simulation, step);
    const auto actions =
        std::span(simulation.episode().actions).subspan(static_cast<std::size_t>(step - 1) * width, width);
    ASSERT_EQ(chosen_in(overlay), Action(actions.begin(), actions.end())) << step;
    ASSERT_EQ(overlay.alters_actions, !between().params.empty() || !between().drifts.empty());
    if (!overlay.alters_actions) {
      ASSERT_EQ(executed_in(overlay), chosen_in(overlay)) << step;
    }
  }
}

/// Back and forth, from the middle of an episode, nothing that was told becomes another story.
TEST_P(Agreement, SteppingBackTellsTheSame) {
  Playback playback = this->playback();
  const Simulation& simulation = playback.simulations()[0];
  std::vector<std::pair<Action, Action>> told;
  for (; !playback.at_end() && playback.head() < 40; playback.forward()) {
    const auto now = overlay_of(simulation, playback.head());
    told.emplace_back(chosen_in(now), executed_in(now));
  }
  while (playback.head() > 0) {
    playback.back();
    const auto now = overlay_of(simulation, playback.head());
    EXPECT_EQ(told[static_cast<std::size_t>(playback.head())], std::pair(chosen_in(now), executed_in(now)));
  }
}

INSTANTIATE_TEST_SUITE_P(All, Agreement,
                         testing::Combine(testing::ValuesIn(envs::env_ids()), testing::ValuesIn(kBetween)),
                         [](const auto& tested) {
                           return letters(std::get<0>(tested.param)) + std::get<1>(tested.param).name;
                         });

/// 1: the arrow of the push points to the right, −1: to the left, 0: there is none.
int push_in(const envs::DrawList& scene) {
  for (const auto& shape : scene.shapes())
    if (shape.ink == envs::Ink::thrust) {
      const auto points = scene.points(shape);
      return points[1].x > points[0].x ? 1 : -1;
    }
  return 0;
}

int told_push(const Action& action) { return action.empty() ? 0 : action[0] == 1 ? 1 : -1; }

TEST(CartPoleAgreement, TheArrowPointsAsTheActionSays) {
  Playback playback(only(agent("CartPole-v1")), 3, false);
  playback.play_ahead();
  const Simulation& simulation = playback.simulations()[0];
  for (std::int64_t step = 0; step <= simulation.length(); ++step) {
    EXPECT_EQ(push_in(simulation.moment(step).scene), told_push(chosen_in(overlay_of(simulation, step))))
        << step;
  }
}

TEST(CartPoleAgreement, AFlipCanBeTold) {
  Player player = agent("CartPole-v1");
  player.setting.params = {"action-flip=1"};
  Playback playback(only(std::move(player)), 3, false);
  playback.play_ahead();
  const Simulation& simulation = playback.simulations()[0];
  for (std::int64_t step = 1; step <= simulation.length(); ++step) {
    const auto overlay = overlay_of(simulation, step);
    EXPECT_EQ(push_in(simulation.moment(step).scene), -told_push(chosen_in(overlay))) << step;
    EXPECT_EQ(push_in(simulation.moment(step).scene), told_push(executed_in(overlay))) << step;
  }
}

TEST(CartPoleAgreement, HoldsUnderAHand) {
  Playback playback(only(agent("CartPole-v1")), 3, true);
  const Simulation& simulation = playback.simulations()[0];
  const float left[] = {0}, right[] = {1};
  playback.play_ahead();
  for (int step = 0; step < 4; ++step) playback.forward();
  for (int step = 0; step < 4 && !playback.at_end(); ++step) playback.forward(step % 2 == 0 ? left : right);
  for (std::int64_t step = 0; step <= simulation.length(); ++step)
    EXPECT_EQ(push_in(simulation.moment(step).scene), told_push(chosen_in(overlay_of(simulation, step))))
        << step;
}

TEST(CartPoleAgreement, HoldsWhereAParameterIsTurned) {
  Playback playback(only(agent("CartPole-v1")), 3, true);
  for (int step = 0; step < 4; ++step) playback.forward();
  playback.set_param("gravity", 5);
  playback.play_ahead();
  const Simulation& simulation = playback.simulations()[0];
  for (std::int64_t step = 0; step <= simulation.length(); ++step)
    EXPECT_EQ(push_in(simulation.moment(step).scene), told_push(chosen_in(overlay_of(simulation, step))))
        << step;
}

}  // namespace
}  // namespace rhoam::watch
