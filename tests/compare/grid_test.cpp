#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rhoam/compare/grid.h"
#include "rhoam/core/errors.h"

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
  EXPECT_EQ(to_string(Assignments{{"lr", "0.01"}, {"clip", "0.2"}}), "lr=0.01, clip=0.2");
  EXPECT_EQ(to_string(Assignments{{"lr", kSchedule}, {"clip", "0.2"}}),
            "lr=linear:from=0.01,to=0.001; clip=0.2");
  EXPECT_EQ(to_string(Assignments{}), "");
}

}  // namespace

namespace {

using testing::ElementsAre;

TEST(SplitValues, CommasSeparate) {
  EXPECT_THAT(split_values("0.9,0.99,match"), ElementsAre("0.9", "0.99", "match"));
}

TEST(SplitValues, AKeyBelongsToTheValueBeforeIt) {
  EXPECT_THAT(split_values("0.9,linear:from=0.9,to=0.99,match:optimal:A=1,auto"),
              ElementsAre("0.9", "linear:from=0.9,to=0.99", "match:optimal:A=1", "auto"));
}

TEST(SplitValues, ASemicolonSeparatesToo) {
  EXPECT_THAT(split_values("linear:from=0.9,to=0.99;0.9"), ElementsAre("linear:from=0.9,to=0.99", "0.9"));
}

TEST(SplitValues, EmptyAndRepeatedValuesAreRefused) {
  EXPECT_THROW(split_values("0.9,,0.99"), core::UsageError);
  EXPECT_THROW(split_values(""), core::UsageError);
  EXPECT_THROW(split_values("0.9,0.9"), core::UsageError);
}

TEST(ParseAxis, ListsAsValuesAreSeparatedBySemicolons) {
  EXPECT_THAT(parse_axis("hidden=64,64;32").values, ElementsAre("64,64", "32"));
}

TEST(ParseAxis, ItsTextReadsBack) {
  for (const std::string text :
       {"optimizer=rmsprop,adam", "hidden=64,64;32", "rho=0.9,linear:from=0.9,to=0.99",
        "param=gravity=9;gravity=5", "lr=linear:from=0.01,to=0.001,linear:from=0.01,to=0.0001",
        "param=length=0.5;length=1"})
    EXPECT_EQ(to_string(parse_axis(text)), text);
}

TEST(ParseAxis, ItsTextReadsBackAsTheSameValues) {
  for (const std::string text : {"lr=linear:from=1,to=2;linear:from=1,to=3", "param=length=0.5;length=1"}) {
    const auto axis = parse_axis(text);
    EXPECT_EQ(axis.values.size(), 2u);
    EXPECT_EQ(parse_axis(to_string(axis)).values, axis.values);
  }
}

TEST(ParseAxis, WithoutAnOptionItIsRefused) {
  EXPECT_THROW(parse_axis("rmsprop,adam"), core::UsageError);
  EXPECT_THROW(parse_axis("=rmsprop"), core::UsageError);
}

TEST(Grid, HoldsEveryCombinationWithTheLastAxisFastest) {
  const Axis axes[] = {{"optimizer", {"adam", "rmsprop"}}, {"rho", {"0.9", "0.99"}}};
  const auto choices = grid(axes);
  ASSERT_EQ(choices.size(), 4U);
  EXPECT_EQ(choices[1].name, "optimizer=adam, rho=0.99");
  EXPECT_THAT(choices[1].options, ElementsAre(Assignment{"optimizer", "adam"}, Assignment{"rho", "0.99"}));
}

TEST(Grid, WithoutAxesIsOneEmptyChoice) {
  const auto choices = grid({});
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_TRUE(choices[0].options.empty());
}

TEST(Grid, ThatIsTooLargeIsRefused) {
  const std::vector<Axis> axes(5, {"rho", {"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}});
  EXPECT_THROW(grid(axes), core::UsageError);
}

}  // namespace

}  // namespace rhoam::compare
