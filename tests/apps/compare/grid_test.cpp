#include "apps/compare/grid.h"

#include <gmock/gmock.h>

#include "core/errors.h"

namespace rhoam::compare {
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
  EXPECT_EQ(choices[1].options[1].name, "rho");
  EXPECT_THAT(choices[1].options[1].texts, ElementsAre("0.99"));
}

TEST(Grid, AChoiceIsOptionsWithTheirValues) {
  const Axis axes[] = {{"lr", {"linear:from=0.01,to=0.001"}}, {"rho", {"0.9"}}};
  EXPECT_THAT(assignments_of(grid(axes)[0]),
              ElementsAre(Assignment{"lr", "linear:from=0.01,to=0.001"}, Assignment{"rho", "0.9"}));
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
