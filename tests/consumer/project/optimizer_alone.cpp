// Minimises ½(x − 3)² + ½·100·(y + 1)² with RMSprop, which does not care about the badly matched curvatures.
#include <array>
#include <cmath>
#include <cstdio>
#include <span>

#include "optim/recipes.h"

int main() {
  using namespace rhoam;
  std::array<double, 2> theta{};
  const auto rmsprop = optim::make_optimizer<double>(
      {.lr = core::parse_schedule("linear:from=0.1,to=0,over=500updates"), .rho = 0.9}, theta.size());
  for (core::Clocks clocks; clocks.updates < 500; ++clocks.updates) {
    const std::array gradient{theta[0] - 3, 100 * (theta[1] + 1)};
    rmsprop->step(theta, std::span<const double>(gradient), clocks);
  }
  std::printf("x = %.4f, y = %.4f\n", theta[0], theta[1]);
  return std::hypot(theta[0] - 3, theta[1] + 1) < 0.01 ? 0 : 1;
}
