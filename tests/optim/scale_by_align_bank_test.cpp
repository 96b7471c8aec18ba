#include "rhoam/optim/scale_by_align_bank.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "rhoam/core/errors.h"
#include "rhoam/tests/optim/memory_stages.h"

namespace rhoam::optim {
namespace {

constexpr std::array<double, 6> kBankMemories = {3, 9, 27, 81, 243, 729};

/// The algorithm as it was published to us, one line for one line.
class Reference {
 public:
  explicit Reference(std::size_t size) : v_(6, std::vector<double>(size)), previous_(size) {
    w_.fill(1.0 / 6);
  }

  std::vector<double> step(const std::vector<double>& g) {
    if (++t_ > 3) weigh(g);
    std::vector<double> u(g.size());
    for (std::size_t k = 0; k < 6; ++k) {
      take_in(v_[k], g, kBankMemories[k], t_);
      for (std::size_t i = 0; i < g.size(); ++i) u[i] += g[i] * w_[k] / (std::sqrt(v_[k][i]) + 1e-8);
    }
    std::ranges::copy(g, previous_.begin());
    return u;
  }

  double memory() const {
    double sum = 0;
    for (std::size_t k = 0; k < 6; ++k) sum += w_[k] * std::log(kBankMemories[k]);
    return std::exp(sum);
  }

 private:
  void weigh(const std::vector<double>& g) {
    const auto d = static_cast<double>(g.size());
    const double rms = std::sqrt(std::inner_product(g.begin(), g.end(), g.begin(), 0.0) / d) + 1e-150;
    std::array<double, 6> s{};
    for (std::size_t k = 0; k < 6; ++k)
      for (std::size_t i = 0; i < g.size(); ++i)
        s[k] += g[i] * previous_[i] / (std::sqrt(v_[k][i]) + 1e-150) / d / rms;
    const double mean = std::accumulate(s.begin(), s.end(), 0.0) / 6, b = 1 / std::min(1000.0, t_ - 3.0);
    double sum = 0;
    for (std::size_t k = 0; k < 6; ++k) {
      const double e = s[k] - mean;
      m_[k] += b * (e - m_[k]);
      q_[k] += b * (e * e - q_[k]);
      sum += w_[k] = std::exp(m_[k] / std::sqrt(std::max(q_[k] * b, 1e-150)));
    }
    for (double& w : w_) w /= sum;
  }

  int t_ = 0;
  std::vector<std::vector<double>> v_;
  std::vector<double> previous_;
  std::array<double, 6> m_{}, q_{}, w_{};
};

TEST(ScaleByAlignBank, FollowsThePublishedAlgorithm) {
  Reference reference(30);
  auto optimizer = alone(scale_by_align_bank<double>({}, 30), 30);
  for (int t = 0; t < 1500; ++t) {
    const auto gradient = switching(t, 40, 30);
    const auto step = step_of(optimizer, gradient), expected = reference.step(gradient);
    for (std::size_t i = 0; i < 30; ++i) ASSERT_NEAR(step[i], expected[i], 1e-9) << t;
    ASSERT_NEAR(optimizer.memory(), reference.memory(), 1e-6) << t;
  }
}

TEST(ScaleByAlignBank, TheFirstStepsDivideByThePlainMean) {
  auto optimizer = alone(scale_by_align_bank<double>({.eps = 0.0}, 1), 1);
  EXPECT_NEAR(step_of(optimizer, {1})[0], 1, 1e-15);
  EXPECT_NEAR(step_of(optimizer, {3})[0], 3 / std::sqrt(5.0), 1e-15);
  EXPECT_NEAR(step_of(optimizer, {-2})[0], -2 / std::sqrt(14.0 / 3), 1e-15);
}

TEST(ScaleByAlignBank, StartsWithEqualWeights) {
  const auto optimizer = alone(scale_by_align_bank<double>({}, 1), 1);
  EXPECT_NEAR(optimizer.memory(), 27 * std::sqrt(3.0), 1e-12);
}

TEST(ScaleByAlignBank, AScoreMemoryBelowOneIsRefused) {
  EXPECT_THROW(scale_by_align_bank<double>({.score_memory = 0.5}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
