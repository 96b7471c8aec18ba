#include "rhoam/compare/grid.h"

#include <gmock/gmock.h>

#include "rhoam/core/errors.h"

namespace rhoam::compare {
namespace {

using Given = std::vector<core::GivenOption>;

TEST(SettingsOf, AxesAndRhoMakeAGrid) {
  const auto settings = settings_of({"optimizer=rmsprop,adam"}, "0.9,0.99");
  ASSERT_EQ(settings.size(), 4U);
  EXPECT_EQ(settings[3].name, "optimizer=adam, rho=0.99");
}

TEST(SettingsOf, OneOptionIsOneAxis) {
  EXPECT_THROW(settings_of({"rho=0.5,0.6"}, "0.9,0.99"), core::UsageError);
  EXPECT_THROW(settings_of({"gamma=0.5,0.6", "gamma=0.7,0.8"}, ""), core::UsageError);
}

TEST(SettingsOf, SeedsAreTheSameForAll) { EXPECT_THROW(settings_of({"seed=1,2"}, ""), core::UsageError); }

bool none(const Assignment&) { return false; }

TEST(FindReference, IsTheUsualRhoUnlessSaid) {
  const auto settings = settings_of({}, "0.9,0.99,match");
  EXPECT_EQ(find_reference("", settings, none), 1);
  EXPECT_EQ(find_reference("", settings_of({}, "0.9,memory:100"), none), 1);
  EXPECT_EQ(find_reference("match", settings, none), 2);
  EXPECT_THROW(find_reference("0.98", settings, none), core::UsageError);
}

TEST(FindReference, OfAnotherOptionIsItsDefaultElseTheFirst) {
  const auto settings = settings_of({"gamma=0.5,0.98,0.99"}, "");
  EXPECT_EQ(find_reference("", settings, none), 0);
  EXPECT_EQ(find_reference("", settings,
                           [](const Assignment& each) {
                             return each == Assignment{"gamma", "0.98"};
                           }),
            1);
}

TEST(FindReference, IsTheUsualValueOnEveryAxis) {
  const auto settings = settings_of({"gamma=0.5,0.98", "actor.rho=0.9,0.99"}, "");
  EXPECT_EQ(
      settings[find_reference("", settings, [](const Assignment& each) { return each.value == "0.98"; })]
          .name,
      "gamma=0.98, actor.rho=0.99");
}

TEST(TunedAxes, AreTheFactorOfTheRateByDefault) {
  Given options;
  const auto tuned = tuned_axes({}, settings_of({}, "0.9,0.99"), options);
  ASSERT_EQ(tuned.size(), 1U);
  EXPECT_EQ(to_string(tuned[0]), kDefaultTuning);
}

TEST(TunedAxes, AreTheRatesWhereSeveralAreGiven) {
  Given options{{"lr", {"0.1,0.3"}}};
  EXPECT_EQ(to_string(tuned_axes({}, settings_of({}, "0.9,0.99"), options).at(0)), "lr=0.1,0.3");
  EXPECT_TRUE(options.empty());
}

TEST(TunedAxes, AreNoneWhereTheRateIsGivenOrCompared) {
  Given rate{{"lr", {"0.1"}}}, none;
  EXPECT_TRUE(tuned_axes({}, settings_of({}, "0.9,0.99"), rate).empty());
  EXPECT_TRUE(tuned_axes({}, settings_of({"lr-factor=1,2"}, ""), none).empty());
}

TEST(TunedAxes, AnOptionIsNotTunedAndComparedAtOnce) {
  Given options;
  EXPECT_THROW(tuned_axes({"lr-factor=1,2"}, settings_of({"lr-factor=1,2"}, ""), options), core::UsageError);
}

}  // namespace
}  // namespace rhoam::compare
