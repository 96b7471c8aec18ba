#include "rhoam/watch/frame.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rhoam/envs/registry.h"
#include "rhoam/tests/watch/players.h"

namespace rhoam::watch {
namespace {

/// What a viewer sees after these keys, a few steps into an episode.
render::Image picture(Playback& playback, std::u32string_view keys = U"", const char* theme = "dark",
                      Size size = {300, 200}) {
  Viewer viewer(playback);
  for (const auto key : keys) viewer.press(key);
  render::Image image(size.width, size.height);
  paint_moment(playback, viewer, {}, render::find_theme(theme), image);
  return image;
}

Playback worlds(std::vector<std::string> envs) {
  std::vector<Player> players;
  for (const auto& env : envs) players.push_back(random_player(env));
  Playback playback(std::move(players), 3, true);
  for (int i = 0; i < 7; ++i) playback.forward();
  return playback;
}

bool same(const render::Image& one, const render::Image& other) {
  return std::ranges::equal(one.pixels(), other.pixels());
}

TEST(Picture, OfAMomentIsAlwaysTheSame) {
  auto playback = worlds({"LunarLander-v3"});
  const auto before = picture(playback);
  for (int i = 0; i < 3; ++i) playback.forward();
  for (int i = 0; i < 3; ++i) playback.back();
  EXPECT_TRUE(same(picture(playback), before));
}

TEST(Picture, ShowsWhatWasAskedFor) {
  auto playback = worlds({"LunarLander-v3"});
  const auto plain = picture(playback);
  for (const auto* keys : {U"?", U"d", U"\t", U"g", U" "})
    EXPECT_FALSE(same(picture(playback, keys), plain)) << static_cast<int>(keys[0]);
}

TEST(Picture, OfGhostsIsAnotherThanSideBySide) {
  auto playback = worlds({"CartPole-v1", "CartPole-v1"});
  EXPECT_FALSE(same(picture(playback, U"g"), picture(playback)));
}

TEST(Picture, ShowsManyWorldsOfDifferentKindsAndLengths) {
  auto playback = worlds({"CartPole-v1", "LunarLander-v3", "DriftBandit-v0", "TrackingTarget-v0"});
  const auto early = picture(playback);
  playback.play_ahead();
  while (!playback.at_end()) playback.forward();
  EXPECT_FALSE(same(picture(playback), early));
}

TEST(Picture, IsPaintedInAnySizeAndTheme) {
  auto playback = worlds({"LunarLanderContinuous-v3", "LunarLanderContinuous-v3"});
  for (const auto& theme : render::themes())
    for (const Size size : {Size{64, 64}, {64, 900}, {900, 64}, {65, 77}})
      EXPECT_EQ(picture(playback, U"?d", theme.name, size).width(), size.width);
}

TEST(Picture, IsScaledToWhatFits) {
  EXPECT_EQ(scale_of({600, 400}, false), 1);
  EXPECT_EQ(scale_of({1200, 400}, false), 1);
  EXPECT_EQ(scale_of({1920, 1280}, true), 2);
}

}  // namespace
}  // namespace rhoam::watch
