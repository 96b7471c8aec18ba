#include "rhoam/optim/add_noise.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/tests/optim/stages.h"

namespace rhoam::optim {
namespace {

/// The noise of update `t`, [size], taken in blocks of `cut`.
std::vector<float> drawn(const NoiseOptions& options, std::int64_t t, std::size_t size, std::size_t cut) {
  const auto stage = add_gradient_noise<float>(options);
  stage->begin({.t = t, .clocks = {.updates = t - 1}});
  const std::vector<float> zeros(size);
  std::vector<float> out(size);
  for (std::size_t begin = 0; begin < size; begin += cut) {
    const float* zero = &zeros[begin];
    stage->apply({.begin = begin,
                  .size = std::min(cut, size - begin),
                  .theta = zero,
                  .gradient = zero,
                  .in = zero,
                  .out = &out[begin]});
  }
  return out;
}

std::vector<float> drawn(const NoiseOptions& options, std::int64_t t = 1, std::size_t size = 100000) {
  return drawn(options, t, size, size);
}

double moment(const std::vector<float>& sample, int power) {
  double sum = 0;
  for (const double x : sample) sum += std::pow(x, power);
  return sum / static_cast<double>(sample.size());
}

double share_beyond(const std::vector<float>& sample, float limit) {
  const auto count = std::ranges::count_if(sample, [=](float x) { return std::abs(x) > limit; });
  return static_cast<double>(count) / static_cast<double>(sample.size());
}

TEST(AddNoise, IsNormal) {
  const auto z = drawn({.deviation = 1.0, .seed = 3}, 1, 1 << 20);
  // Within four standard errors.
  EXPECT_NEAR(moment(z, 1), 0, 0.004);
  EXPECT_NEAR(moment(z, 2), 1, 0.0056);
  EXPECT_NEAR(moment(z, 3), 0, 0.0152);
  EXPECT_NEAR(moment(z, 4), 3, 0.0383);
  EXPECT_NEAR(share_beyond(z, 1), 0.317311, 0.0019);
  EXPECT_NEAR(share_beyond(z, 2), 0.045500, 0.00082);
  EXPECT_NEAR(share_beyond(z, 3), 0.002700, 0.00021);
  EXPECT_NEAR(share_beyond(z, 4), 0.0000633, 0.000032);
}

TEST(AddNoise, IsTheTransformationOfBoxAndMullerOfHashedCounters) {
  const auto z = drawn({.deviation = 1.0, .seed = 5, .index = 2}, 7, 1000);
  const std::uint64_t seed = core::splitmix(core::Stream(5, core::Purpose::noise, 2)(), 7);
  for (std::size_t i = 0; i < z.size(); ++i) {
    const std::uint64_t bits = core::splitmix(seed, i);
    const double length = (static_cast<double>(bits >> 33) + 1) * 0x1p-31;
    const double angle = static_cast<double>(static_cast<std::int32_t>(bits)) * 0x1p-31;
    EXPECT_NEAR(z[i], std::sqrt(-2 * std::log(length)) * std::cos(std::numbers::pi * angle), 2e-6) << i;
  }
}

TEST(AddNoise, IsAddedToWhatComesIn) {
  auto noisy = chain<double>(3, add_gradient_noise<double>({.deviation = 0.5}));
  const auto z = drawn({.deviation = 1.0}, 1, 3);
  std::vector<double> theta(3);
  noisy.step(theta, std::vector<double>{1, 2, -3}, {});
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(-theta[i], (std::vector<double>{1, 2, -3}[i] + 0.5 * z[i]));
}

TEST(AddNoise, IsTheSameWhereverTheVectorIsCut) {
  const NoiseOptions options{.deviation = 1.0, .seed = 1};
  const auto whole = drawn(options, 3, 5000);
  for (const std::size_t cut : {1u, 7u, 2048u}) EXPECT_EQ(drawn(options, 3, 5000, cut), whole) << cut;
}

TEST(AddNoise, IsTheSameForAnyNumberOfThreads) {
  const std::size_t size = 100003;
  auto alone = chain(size, add_gradient_noise<float>({.deviation = 1.0}));
  auto threaded = chain(size, add_gradient_noise<float>({.deviation = 1.0}));
  EXPECT_EQ(walked(alone, size), walked_on_threads(threaded, size));
}

TEST(AddNoise, EverySeedIndexUpdateAndComponentDrawsAnew) {
  const auto z = drawn({.deviation = 1.0, .seed = 1, .index = 1});
  auto next = z;
  std::rotate(next.begin(), next.begin() + 1, next.end());
  const auto correlation = [&](const std::vector<float>& other) {
    return std::inner_product(z.begin(), z.end(), other.begin(), 0.0) / static_cast<double>(z.size());
  };
  const double four_errors = 4 / std::sqrt(static_cast<double>(z.size()));
  EXPECT_NEAR(correlation(drawn({.deviation = 1.0, .seed = 2, .index = 1})), 0, four_errors);
  EXPECT_NEAR(correlation(drawn({.deviation = 1.0, .seed = 1, .index = 2})), 0, four_errors);
  EXPECT_NEAR(correlation(drawn({.deviation = 1.0, .seed = 1, .index = 1}, 2)), 0, four_errors);
  EXPECT_NEAR(correlation(next), 0, four_errors);
}

TEST(AddNoise, ItsDeviationMayFollowASchedule) {
  const auto fading = core::parse_schedule("power:from=2,exponent=1,tau=1updates");
  const auto scheduled = drawn({.deviation = fading}, 4, 10), plain = drawn({.deviation = 1.0}, 4, 10);
  for (std::size_t i = 0; i < plain.size(); ++i) EXPECT_EQ(scheduled[i], 0.5f * plain[i]);
}

TEST(AddNoise, ASavedOptimizerContinuesBitExactly) {
  const auto noisy = [] { return chain(37, add_gradient_noise<float>({.deviation = 1.0})); };
  auto whole = noisy(), first = noisy(), second = noisy();
  EXPECT_EQ(walked(whole, 37), walked_in_two(first, second, 37));
}

TEST(AddNoise, IsOffAtZeroAndRefusesLess) {
  EXPECT_EQ(add_gradient_noise<float>({}), nullptr);
  EXPECT_THROW(add_gradient_noise<float>({.deviation = -1.0}), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
