#include "rhoam/optim/scale_by_likelihood_bank.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/tests/optim/memory_stages.h"

namespace rhoam::optim {
namespace {

/// Discounted Hedge on Student's t with 4 degrees of freedom and variance v, in plain words.
class LikelihoodReference {
 public:
  explicit LikelihoodReference(std::size_t size) : v_(10, std::vector<double>(size)), evidence_(10) {}

  std::vector<double> step(const std::vector<double>& g) {
    ++t_;
    std::vector<double> w(10), u(g.size());
    double sum = 0;
    for (std::size_t k = 0; k < 10; ++k) {
      if (t_ > 1) evidence_[k] = 0.99 * evidence_[k] + log_likelihood(g, v_[k]);
      sum += w[k] = std::exp(evidence_[k] - evidence_[0]);
    }
    for (std::size_t k = 0; k < 10; ++k) {
      take_in(v_[k], g, std::exp2(static_cast<double>(k + 1)), t_);
      for (std::size_t i = 0; i < g.size(); ++i) u[i] += w[k] / sum * g[i] / (std::sqrt(v_[k][i]) + 1e-8);
    }
    return u;
  }

 private:
  /// ln p is −½ ln v − (ν + 1)/2 ln(1 + g²/((ν − 2)v)).
  static double log_likelihood(const std::vector<double>& g, const std::vector<double>& v) {
    double sum = 0;
    for (std::size_t i = 0; i < g.size(); ++i)
      sum += -0.5 * std::log(v[i]) - 2.5 * std::log1p(g[i] * g[i] / (2 * v[i]));
    return sum / static_cast<double>(g.size());
  }

  int t_ = 0;
  std::vector<std::vector<double>> v_;
  std::vector<double> evidence_;
};

TEST(ScaleByLikelihoodBank, FollowsAPlainLoop) {
  for (const std::size_t size : {1u, 30u, 3001u}) {
    LikelihoodReference reference(size);
    auto optimizer = alone(scale_by_likelihood_bank<double>({}, size), size);
    for (int t = 0; t < 200; ++t) {
      const auto gradient = switching(t, 40, size);
      const auto step = step_of(optimizer, gradient), expected = reference.step(gradient);
      for (std::size_t i = 0; i < size; ++i) ASSERT_NEAR(step[i], expected[i], 1e-9) << t;
    }
  }
}

/// Memory after 2000 updates.
double memory_found(int dwell) {
  auto optimizer = alone(scale_by_likelihood_bank<double>({}, 50), 50);
  for (int t = 0; t < 2000; ++t) step_of(optimizer, switching(t, dwell, 50));
  return optimizer.memory();
}

TEST(ScaleByLikelihoodBank, RemembersLongInAStationaryWorldAndShortlyInADriftingOne) {
  EXPECT_GT(memory_found(1000000), 100);
  EXPECT_LT(memory_found(30), 8);
}

TEST(ScaleByLikelihoodBank, ParametersWithoutGradientHaveNoSay) {
  auto alive = alone(scale_by_likelihood_bank<double>({}, 2), 2);
  auto half_dead = alone(scale_by_likelihood_bank<double>({.evidence_memory = 100}, 4), 4);
  for (int t = 0; t < 500; ++t) {
    auto gradient = switching(t, 1000000, 2);
    step_of(alive, gradient);
    gradient.resize(4, t < 20 ? 1.0 : 0.0);
    step_of(half_dead, gradient);
  }
  EXPECT_GT(alive.memory(), 20);
  EXPECT_GT(half_dead.memory(), 20);
}

TEST(ScaleByLikelihoodBank, AMemoryWithoutAnyWeightSpoilsNoReport) {
  auto optimizer = alone(scale_by_likelihood_bank<double>({.eps = 0.5}, 2), 2);
  for (int t = 0; t < 1300; ++t) step_of(optimizer, {t < 1000 ? 1e6 : 1e-6, 0});
  std::vector<double> root(2), rate(2);
  ASSERT_TRUE(optimizer.inspect(root, rate));
  EXPECT_EQ(root[1], 0);
  EXPECT_NEAR(rate[1], 2, 1e-12);
}

TEST(ScaleByLikelihoodBank, AnEvidenceMemoryBelowOneIsRefused) {
  EXPECT_THROW(scale_by_likelihood_bank<double>({.evidence_memory = 0.0}, 1), core::UsageError);
}

}  // namespace
}  // namespace rhoam::optim
