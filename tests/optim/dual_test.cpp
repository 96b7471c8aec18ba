#include "rhoam/optim/dual.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/optim/rms_rule.h"

namespace rhoam::optim {
namespace {

using D = Dual<double, 2>;

TEST(Dual, ArithmeticFollowsTheRulesOfDifferentiation) {
  const D x = D::input(3, 0), y = D::input(2, 1);
  const D f = sqrt(x * y + 3.0) / x - exp(y) * log(x);
  const double root = std::sqrt(9.0);
  EXPECT_DOUBLE_EQ(f.value, root / 3 - std::exp(2.0) * std::log(3.0));
  EXPECT_DOUBLE_EQ(f.d[0], 2 / (2 * root * 3) - root / 9 - std::exp(2.0) / 3);
  EXPECT_DOUBLE_EQ(f.d[1], 3 / (2 * root * 3) - std::exp(2.0) * std::log(3.0));
}

TEST(Dual, TheRootOfZeroHasNoSlope) { EXPECT_EQ(sqrt(D::input(0, 0)).d[0], 0); }

/// The third step on gradients 1, −2, 3 by the rule of T.
template <class T>
T third_step(const T& rho, const T& eps) {
  T v = 0.5, u = 0;
  for (const double gradient : {1.0, -2.0, 3.0})
    u = RmsRule<T>(rho, eps, EpsPlace::outside, T(1), BiasCorrection::none).plain(gradient, v);
  return u;
}

TEST(Dual, TheRuleOfRmspropGivesItsOwnDerivatives) {
  const double rho = 0.9, eps = 0.1, h = 1e-6;
  const D u = third_step(D::input(rho, 0), D::input(eps, 1));
  EXPECT_EQ(u.value, third_step(rho, eps));
  EXPECT_NEAR(u.d[0], (third_step(rho + h, eps) - third_step(rho - h, eps)) / (2 * h), 1e-8);
  EXPECT_NEAR(u.d[1], (third_step(rho, eps + h) - third_step(rho, eps - h)) / (2 * h), 1e-8);
}

}  // namespace
}  // namespace rhoam::optim
