#include "rhoam/render/scene/theme.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

using envs::Ink;

double contrast(const Color& a, const Color& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

TEST(Theme, EveryInkIsNamedOnce) {
  for (const auto& theme : themes())
    for (const auto& ink : theme.inks)
      EXPECT_EQ(ink.alpha, 1) << theme.name << ' ' << &ink - theme.inks.data();
}

TEST(Theme, TextCanBeReadOnPaper) {
  for (const auto& theme : themes()) {
    EXPECT_GE(contrast(theme.text, theme.paper), 7) << theme.name;
    EXPECT_GE(contrast(theme.quiet, theme.paper), 4.5) << theme.name;
    EXPECT_GE(contrast(theme.of(Ink::text), theme.of(Ink::sky)), 7) << theme.name;
  }
}

/// A card over that ink.
Color card_over(const Theme& theme, Ink ink) {
  return theme.of(ink).mixed(theme.card.with_alpha(1), theme.card.alpha);
}

TEST(Theme, CardsCanBeReadOverEveryWorld) {
  for (const auto& theme : themes())
    for (const Ink behind : {Ink::sky, Ink::space}) {
      EXPECT_GE(contrast(theme.quiet, card_over(theme, behind)), 4.5) << theme.name;
      EXPECT_GE(contrast(theme.grid, card_over(theme, behind)), 1.25) << theme.name;
    }
}

TEST(Theme, WhatIsSteeredStandsOut) {
  for (const auto& theme : themes()) {
    EXPECT_GE(contrast(theme.of(Ink::body), theme.of(Ink::space)), 3) << theme.name;
    EXPECT_GE(contrast(theme.of(Ink::cart), theme.of(Ink::sky)), 3) << theme.name;
    EXPECT_GE(contrast(theme.of(Ink::pole), theme.of(Ink::sky)), 2.4) << theme.name;
  }
}

TEST(Theme, ALegOnTheGroundIsToldFromOneInTheAir) {
  for (const auto& theme : themes()) {
    const auto &lit = theme.of(Ink::lit), &limb = theme.of(Ink::limb);
    EXPECT_GT(std::hypot(lit.red - limb.red, lit.green - limb.green, lit.blue - limb.blue), 0.4)
        << theme.name;
  }
}

TEST(Theme, GymHasTheColoursOfGymnasium) {
  const Theme& gym = find_theme("gym");
  EXPECT_EQ(pixel_of(gym.of(Ink::body)), 0xff8066e6);  // 128, 102, 230
  EXPECT_EQ(pixel_of(gym.of(Ink::body_edge)), 0xff4d4d80);
  EXPECT_EQ(pixel_of(gym.of(Ink::flag)), 0xffcccc00);
  EXPECT_EQ(pixel_of(gym.of(Ink::pole)), 0xffca9865);
  EXPECT_EQ(pixel_of(gym.of(Ink::space)), 0xff000000);
  EXPECT_EQ(pixel_of(gym.of(Ink::sky)), 0xffffffff);
}

TEST(Theme, AnUnknownNameIsRefusedWithTheAllowed) {
  try {
    find_theme("drak");
    FAIL() << "was found";
  } catch (const core::UsageError& error) {
    EXPECT_STREQ(error.what(), "no theme 'drak': allowed are light, dark, gym; did you mean 'dark'?");
  }
}

}  // namespace
}  // namespace rhoam::render
