#include "apps/compare/setting_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rhoam::compare {
namespace {

using testing::ElementsAre;

constexpr const char* kSchedule = "linear:from=0.01,to=0.001";

TEST(SettingNames, OptionsThatAllNameStandInTheHead) {
  const std::vector<Assignments> options{{{"actor.rho", "0.9"}, {"critic.rho", "0.99"}},
                                         {{"actor.rho", "match"}, {"critic.rho", "half-life:50updates"}},
                                         {{"actor.rho", "0.9"}, {"critic.rho", "linear:from=0.9,to=0.99"}}};
  const auto [head, names] = shortened({"a", "b", "c"}, options);
  EXPECT_EQ(head, "actor.rho, critic.rho");
  EXPECT_THAT(names, ElementsAre("0.9, 0.99", "match, half-life:50updates", "0.9; linear:from=0.9,to=0.99"));
}

TEST(SettingNames, TheHeadOfOneAxisIsItsOption) {
  EXPECT_EQ(shortened({"0.5"}, std::vector<Assignments>{{{"gamma", "0.5"}}}).head, "gamma");
  EXPECT_EQ(shortened({"0.9"}, std::vector<Assignments>{{{"rho", "0.9"}}}).head, "ρ");
}

TEST(SettingNames, StayAsTheyAreWhereTheyShareNoOptions) {
  const std::vector<Assignments> apart{{{"rho", "0.9"}}, {{"optimizer", "adam"}}}, none(2);
  EXPECT_THAT(shortened({"rho=0.9", "optimizer=adam"}, apart).names,
              ElementsAre("rho=0.9", "optimizer=adam"));
  EXPECT_THAT(shortened({"<b id=1>", "<b id=2>"}, none).names, ElementsAre("<b id=1>", "<b id=2>"));
  EXPECT_TRUE(shortened({}, {}).names.empty());
}

TEST(SettingNames, AreListedSoThatTheirOwnCommasDoNotMislead) {
  EXPECT_EQ(listed({"match", "auto"}), "match, auto");
  EXPECT_EQ(listed({"adam, 0.9", "auto"}), "adam, 0.9; auto");
}

TEST(Label, SaysOfWhichOptionAValueIs) {
  EXPECT_EQ(label("0.9", {{"rho", "0.9"}}), "ρ = 0.9");
  EXPECT_EQ(label("match", {{"rho", "match"}}), "match");
  EXPECT_EQ(label("0.9", {{"actor.rho", "0.9"}}), "actor ρ = 0.9");
  EXPECT_EQ(label("match", {{"critic.rho", "match"}}), "critic ρ = match");
  EXPECT_EQ(label("true", {{"centered", "true"}}), "centered = true");
  EXPECT_EQ(label(kSchedule, {{"lr", kSchedule}}), "lr = linear:from=0.01,to=0.001");
}

TEST(Label, OfSeveralOptionsIsTheName) {
  EXPECT_EQ(label("lr=1, rho=0.9", {{"lr", "1"}, {"rho", "0.9"}}), "lr=1, rho=0.9");
}

TEST(Label, IsShorterForValuesOfRho) {
  EXPECT_EQ(short_label("0.9", {{"rho", "0.9"}}), "0.9");
  EXPECT_EQ(short_label("0.9", {{"gamma", "0.9"}}), "gamma = 0.9");
}

TEST(Assignments, AreOneTextWithoutTwoMeanings) {
  EXPECT_EQ(to_string({{"lr", "0.01"}, {"clip", "0.2"}}), "lr=0.01, clip=0.2");
  EXPECT_EQ(to_string({{"lr", kSchedule}, {"clip", "0.2"}}), "lr=linear:from=0.01,to=0.001; clip=0.2");
  EXPECT_EQ(to_string({}), "");
}

}  // namespace
}  // namespace rhoam::compare
