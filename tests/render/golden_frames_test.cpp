// What worlds look like, against the pictures of tests/render/golden.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rhoam/envs/box2d/lander_heuristic.h"
#include "rhoam/envs/vector_env.h"
#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/scene_painter.h"
#include "rhoam/tests/render/golden_frame.h"

namespace rhoam::render {
namespace {

constexpr int kFrameWidth = 600, kFrameHeight = 400;

/// Fills the action [1] for an observation.
using Pilot = void (*)(std::span<const float> obs, std::span<float> action);

void land(std::span<const float> obs, std::span<float> action) { envs::lander_heuristic(obs, false, action); }
void fall(std::span<const float>, std::span<float> action) { action[0] = 0; }
void balance(std::span<const float> obs, std::span<float> action) {
  action[0] = 3 * obs[2] + obs[3] > 0 ? 1 : 0;
}

/// A moment of an episode.
struct Shot {
  const char* name;
  const char* env;
  Pilot pilot;
  int steps;  ///< or fewer, when the episode ends before
};

constexpr int kToTheEnd = 1000;
constexpr Shot kShots[] = {
    {"cartpole", "CartPole-v1", balance, 70},
    {"lander_flight", "LunarLander-v3", land, 100},
    {"lander_landed", "LunarLander-v3", land, kToTheEnd},
    {"lander_crash", "LunarLander-v3", fall, kToTheEnd},
};

/// What there was to see of the episode of seed 1.
std::vector<envs::DrawList> play(const Shot& shot) {
  const auto world = envs::make_vector_env(shot.env, 1, nullptr);
  envs::StepBatch batch;
  std::vector<envs::DrawList> seen(1);
  std::vector<float> action(1);
  world->hold_ends();
  world->reset(1, batch);
  world->draw(0, seen.back());
  for (int step = 0; step < shot.steps && (step == 0 || !batch.ended(0)); ++step) {
    shot.pilot(batch.obs, action);
    world->step(action, batch);
    world->draw(0, seen.emplace_back());
  }
  return seen;
}

Image painted(const std::vector<envs::DrawList>& seen, const Theme& theme, double scale) {
  std::vector<const envs::DrawList*> recent;
  for (const auto& list : seen) recent.push_back(&list);
  Image image(static_cast<int>(kFrameWidth * scale), static_cast<int>(kFrameHeight * scale));
  ImageCanvas canvas(image, scale);
  paint_scene(canvas, {0, 0, kFrameWidth, kFrameHeight},
              {.recent = recent, .step = static_cast<std::int64_t>(seen.size()) - 1}, theme);
  canvas.finish();
  return image;
}

class GoldenFrames : public testing::TestWithParam<Shot> {};

TEST_P(GoldenFrames, LookAsTheyDid) {
  const auto seen = play(GetParam());
  for (const auto& theme : themes())
    for (const int scale : {1, 2})
      EXPECT_TRUE(is_golden(painted(seen, theme, scale), std::string(GetParam().name) + '_' + theme.name +
                                                             '_' + std::to_string(scale) + 'x'));
}

INSTANTIATE_TEST_SUITE_P(Shots, GoldenFrames, testing::ValuesIn(kShots),
                         [](const auto& shot) { return shot.param.name; });

/// A disc of 20 pixels in the middle, this far to the right of it.
envs::DrawList disc(double aside) {
  envs::DrawList list;
  list.look_at({.right = kFrameWidth, .top = kFrameHeight});
  list.disc(envs::Ink::body, {300 + aside, 200}, 10);
  return list;
}

Image painted_disc(double aside) { return painted({disc(aside)}, themes().front(), 1); }

TEST(LooksLike, TakesPartsOfAPixelForTheSame) {
  EXPECT_TRUE(looks_like(painted_disc(0.05), painted_disc(0)));
}

TEST(LooksLike, SeesAMoveByTwoPixels) { EXPECT_FALSE(looks_like(painted_disc(2), painted_disc(0))); }

TEST(LooksLike, SeesAnotherBackground) {
  const auto on = [](const char* theme) { return painted({disc(0)}, find_theme(theme), 1); };
  EXPECT_FALSE(looks_like(on("gym"), on("light")));
}

TEST(LooksLike, SeesAMissingArrow) {
  auto list = disc(0);
  list.use(envs::Layer::notes);
  list.arrow(envs::Ink::velocity, {300, 200}, {330, 230}, 2);
  EXPECT_FALSE(looks_like(painted({list}, themes().front(), 1), painted_disc(0)));
}

TEST(LooksLike, SeesAnotherSize) { EXPECT_FALSE(looks_like(Image(10, 10), Image(10, 11))); }

}  // namespace
}  // namespace rhoam::render
