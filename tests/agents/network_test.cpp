#include "rhoam/agents/network.h"

#include <gtest/gtest.h>

namespace rhoam::agents {
namespace {

TEST(Layers, BlocksOfOneNameUpToTheLastDotAreOneLayer) {
  const auto layers =
      layers_of({{"body.0.weight", {3, 4}}, {"body.0.bias", {4}}, {"body.1.weight", {2}}, {"free", {5}}});
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(layers[0].name, "body.0");
  EXPECT_EQ(layers[0].size, 16u);
  EXPECT_EQ(layers[1].name, "body.1");
  EXPECT_EQ(layers[1].begin, 16u);
  EXPECT_EQ(layers[2].name, "log_std");
  EXPECT_EQ(layers[2].begin, 18u);
  EXPECT_EQ(layers[2].size, 5u);
}

TEST(Layers, NoBlocksAreNoLayers) { EXPECT_TRUE(layers_of({}).empty()); }

}  // namespace
}  // namespace rhoam::agents
