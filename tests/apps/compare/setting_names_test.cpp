#include "apps/compare/setting_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rhoam::compare {
namespace {

using testing::ElementsAre;

TEST(SettingNames, OptionsThatAllNameStandInTheHead) {
  const auto [head, names] =
      shortened({"actor.rho=0.9, critic.rho=0.99", "actor.rho=match, critic.rho=half-life:50updates"});
  EXPECT_EQ(head, "actor.rho, critic.rho");
  EXPECT_THAT(names, ElementsAre("0.9, 0.99", "match, half-life:50updates"));
}

TEST(SettingNames, StayAsTheyAreWhereTheyShareNoOptions) {
  EXPECT_THAT(shortened({"0.9", "match"}).names, ElementsAre("0.9", "match"));
  EXPECT_THAT(shortened({"rho=0.9", "optimizer=adam"}).names, ElementsAre("rho=0.9", "optimizer=adam"));
  EXPECT_THAT(shortened({"<b id=1>", "<b id=2>"}).names, ElementsAre("<b id=1>", "<b id=2>"));
  EXPECT_TRUE(shortened({}).names.empty());
}

TEST(SettingNames, AreListedSoThatTheirOwnCommasDoNotMislead) {
  EXPECT_EQ(listed({"match", "auto"}), "match, auto");
  EXPECT_EQ(listed({"adam, 0.9", "auto"}), "adam, 0.9; auto");
}

}  // namespace
}  // namespace rhoam::compare
