#include "rhoam/render/chart/axis_labels.h"

#include <gtest/gtest.h>

namespace rhoam::render {
namespace {

const double kWidth = 500, kRoom = 40;

XLabels names(const std::vector<std::string>& categories) {
  const Scale scale{{-0.5, static_cast<double>(categories.size()) - 0.5}};
  return make_x_labels({.categories = categories}, scale, kWidth, kRoom, Font(13));
}

void expect_no_overlap(const Scale& scale) {
  const Font font(13);
  double free_from = -1e9;
  const auto labels = make_x_labels({}, scale, kWidth, kRoom, font).labels;
  EXPECT_FALSE(labels.empty());
  for (const auto& label : labels) {
    const double middle = kWidth * scale.position_at(label.at), half = font.width(label.lines[0]) / 2;
    EXPECT_GT(middle - half, free_from) << label.lines[0];
    free_from = middle + half;
  }
}

TEST(XLabels, NumbersNeverOverlap) {
  for (const Extent extent :
       {Extent{0, 1}, {-1e300, 1e300}, {1e9, 1e9 + 2}, {-9.99e-5, 9.99e-5}, {1, 1 + 1e-11}})
    expect_no_overlap({extent});
  for (const Extent extent : {Extent{0, 1}, {-300, 300}, {-5, 2}, {0.3, 0.7}})
    expect_no_overlap({extent, true});
}

TEST(XLabels, ShortNamesStandLevel) {
  const auto labels = names({"sgd", "adam", "rmsprop"});
  EXPECT_FALSE(labels.tilted);
  EXPECT_EQ(labels.labels.size(), 3u);
}

TEST(XLabels, NamesOfSeveralWordsAreBroken) {
  const auto labels =
      names({"layer norm 64", "batch norm 64", "spectral norm 64", "no norm at all", "a", "b"});
  EXPECT_FALSE(labels.tilted);
  EXPECT_GT(labels.labels[0].lines.size(), 1u);
}

TEST(XLabels, LongNamesAreTilted) {
  const auto labels =
      names({"LunarLanderContinuous-v3", "LunarLander-v3", "CartPole-v1", "a-long-name-indeed"});
  EXPECT_TRUE(labels.tilted);
  EXPECT_EQ(labels.labels.size(), 4u);
  EXPECT_GT(labels.height, 40);
}

TEST(XLabels, LongNamesAreWholeWhereThePlotLeavesThemRoom) {
  const std::vector<std::string> categories(6, "match, half-life:50updates");
  const Font font(13);
  const double edge = left_edge_for_names(categories, kWidth, 0, font);
  const auto labels = make_x_labels({.categories = categories}, {{-0.5, 5.5}}, kWidth - edge, edge, font);
  EXPECT_TRUE(labels.tilted);
  EXPECT_EQ(labels.labels[0].lines[0], categories[0]);
}

TEST(XLabels, OfManyNamesSomeAreShown) {
  const auto labels = names(std::vector<std::string>(1000, "category"));
  EXPECT_GT(labels.labels.size(), 5u);
  EXPECT_LT(labels.labels.size(), 40u);
}

}  // namespace
}  // namespace rhoam::render
