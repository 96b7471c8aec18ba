#include "rhoam/optim/fusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "rhoam/optim/chain.h"
#include "rhoam/optim/clip.h"
#include "rhoam/optim/linear.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/optim/scale_by_rms.h"
#include "rhoam/tests/optim/optimize.h"

namespace rhoam::optim {
namespace {

class Nothing final : public Transform<float> {};

template <class... Rest>
Stages<float> stages(Rest... rest) {
  Stages<float> all;
  (all.push_back(std::move(rest)), ...);
  return all;
}

std::size_t count_links(const Stages<float>& stages) {
  Nothing nothing;
  return make_links(stages, nothing).size();
}

std::vector<float> step(Stages<float> all, std::vector<float> theta, const std::vector<float>& gradient) {
  Chain<float> chain("test", std::move(all), Hyper("lr", 1.0, kNonNegative), theta.size());
  chain.step(theta, gradient, {});
  return theta;
}

TEST(Link, LightStagesMomentumAndDecayAreDoneInOneLoop) {
  EXPECT_EQ(count_links(stages(clip_by_global_norm<float>(1.0, 9), clip_by_value<float>(0.5),
                               add_decayed_weights<float>(0.1), scale_by_rms<float>({}, 9),
                               trace<float>({}, 9), add_decayed_weights<float>(0.1))),
            1u);
}

TEST(Link, LightStagesInAnotherOrderStartALinkOfTheirOwn) {
  EXPECT_EQ(count_links(stages(clip_by_value<float>(0.5), scale_by<float>(2.0), scale_by<float>(2.0))), 3u);
}

TEST(Link, AReducingStageStartsALink) {
  EXPECT_EQ(count_links(stages(scale_by<float>(2.0), clip_by_global_norm<float>(1.0, 9))), 2u);
}

TEST(Link, TheOrderOfLightStagesIsKept) {
  EXPECT_EQ(step(stages(scale_by<float>(2.0), clip_by_value<float>(4.0), add_decayed_weights<float>(1.0)),
                 {1, 1}, {3, -1}),
            (std::vector<float>{1 - 5, 1 + 1}));
  EXPECT_EQ(step(stages(scale_by<float>(2.0), add_decayed_weights<float>(1.0), clip_by_value<float>(4.0)),
                 {1, 1}, {3, -1}),
            (std::vector<float>{1 - 4, 1 + 1}));
}

TEST(Link, OneLoopGivesTheBitsOfTheStagesOneByOne) {
  const std::size_t size = 5000;
  Chain<float> chain("test",
                     stages(clip_by_value<float>(0.5), add_decayed_weights<float>(0.01),
                            scale_by_rms<float>({.bias_correction = BiasCorrection::none}, size),
                            trace<float>({}, size), add_decayed_weights<float>(0.1)),
                     Hyper("lr", 0.01, kNonNegative), size);
  auto theta = noise<float>(1, size), same = theta;
  std::vector<float> v(size), m(size);
  for (std::uint64_t t = 0; t < 3; ++t) {
    const auto gradient = noise<float>(t, size);
    chain.step(theta, gradient, {});
    for (std::size_t i = 0; i < size; ++i) {
      const float g = std::clamp(gradient[i], -0.5f, 0.5f) + 0.01f * same[i];
      v[i] = 0.99f * v[i] + static_cast<float>(1 - 0.99) * (g * g);
      m[i] = 0.9f * m[i] + g / (std::sqrt(v[i]) + 1e-8f);
      same[i] -= 0.01f * (m[i] + 0.1f * same[i]);
    }
  }
  EXPECT_EQ(theta, same);
}

TEST(Link, OfTwoMomentaTheStageBeforeTakesOneAlong) {
  const auto two = [] {
    return stages(scale_by_rms<float>({}, 1), trace<float>({}, 1), trace<float>({}, 1));
  };
  EXPECT_EQ(count_links(two()), 2u);
  EXPECT_EQ(step(two(), {0}, {3}), std::vector{-1.0f});
  auto all = two();
  Chain<float> chain("test", std::move(all), Hyper("lr", 1.0, kNonNegative), 1);
  std::vector<float> theta{0};
  for (int t = 0; t < 2; ++t) chain.step(theta, std::vector{3.0f}, {});
  EXPECT_NEAR(theta[0], -1 - (0.9 + 0.9 + 1), 1e-6);  // m₂ = 0.9·1 + (0.9·1 + 1)
}

TEST(Link, WithoutAPullAParameterThatIsNotFiniteSpoilsNoState) {
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(step(stages(clip_by_value<float>(0.5), scale_by<float>(1.5)), {infinity}, {1}),
            std::vector{infinity});
}

}  // namespace
}  // namespace rhoam::optim
