// Fits y = a·exp(−b·x) to twenty points with RMSprop; of rhoam only the optimizer is linked.
#include <array>
#include <cmath>
#include <cstdio>

#include "rhoam/optim/recipes.h"

int main() {
  using namespace rhoam;
  std::array<double, 2> theta{1, 1};  // a and b
  const auto rmsprop =
      optim::make_optimizer<double>({.lr = core::parse_schedule("linear:from=0.05,to=0,over=1000updates"),
                                     .rho = optim::rho_of_half_life(20)},
                                    theta.size());
  for (core::Clocks clocks; clocks.updates < 1000; ++clocks.updates) {
    std::array<double, 2> gradient{};
    for (int i = 0; i < 20; ++i) {
      const double x = 0.1 * i, y = 3 * std::exp(-2 * x);
      const double decay = std::exp(-theta[1] * x), error = theta[0] * decay - y;
      gradient[0] += error * decay;
      gradient[1] -= error * decay * theta[0] * x;
    }
    rmsprop->step(theta, gradient, clocks);
  }
  std::printf("a = %.4f, b = %.4f; the points lie at a = 3, b = 2\n", theta[0], theta[1]);
  return std::hypot(theta[0] - 3, theta[1] - 2) < 0.01 ? 0 : 1;
}
