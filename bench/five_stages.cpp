#include "rhoam/bench/five_stages.h"

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "rhoam/bench/limits.h"
#include "rhoam/optim/chain.h"
#include "rhoam/optim/clip.h"
#include "rhoam/optim/kernel.h"
#include "rhoam/optim/linear.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/optim/scale_by_rms.h"

namespace rhoam::bench {
namespace {

constexpr float kLimit = 0.5f, kCoupled = 1e-4f, kRho = 0.99f, kEps = 1e-8f, kMomentum = 0.9f,
                kDecoupled = 1e-3f, kRate = 1e-6f;

}  // namespace

Body chain_of_five(std::size_t size) {
  optim::Stages<float> stages;
  stages.push_back(optim::clip_by_value<float>(kLimit));
  stages.push_back(optim::add_decayed_weights<float>(kCoupled, 1.0));
  stages.push_back(optim::scale_by_rms<float>(
      {.rho = kRho, .eps = kEps, .bias_correction = optim::BiasCorrection::none}, size));
  stages.push_back(optim::trace<float>({.momentum = kMomentum}, size));
  stages.push_back(optim::add_decayed_weights<float>(kDecoupled, 1.0));
  return optimizer_step(std::make_shared<optim::Chain<float>>(
                            "five", std::move(stages), optim::Hyper("lr", kRate, optim::kNonNegative), size),
                        size);
}

Body fused_by_hand(std::size_t size) {
  return [size, theta = filled(size, 1), gradient = filled(size, 1e-3f), v = std::vector<float>(size),
          m = std::vector<float>(size)]() mutable {
    optim::each(
        size,
        [theta = theta.data(), gradient = gradient.data(), v = v.data(), m = m.data()](std::size_t i) {
          const float capped = gradient[i] > kLimit ? kLimit : gradient[i];
          const float clipped = capped < -kLimit ? -kLimit : capped;
          const float g = clipped + kCoupled * theta[i];
          v[i] = kRho * v[i] + (1 - kRho) * (g * g);
          m[i] = kMomentum * m[i] + g / (std::sqrt(v[i]) + kEps);
          theta[i] -= kRate * (m[i] + kDecoupled * theta[i]);
        },
        gradient.data(), theta.data(), v.data(), m.data());
  };
}

}  // namespace rhoam::bench
