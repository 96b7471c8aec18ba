#pragma once
#include <memory>
#include <span>
#include <vector>

#include "optim/recipes.h"

namespace rhoam::lab {

/// RMSprop's √v without its step, for updates that divide by it something else than what it has seen.
class Accumulator {
 public:
  Accumulator(double rho, std::size_t size)
      : rms_(optim::make_optimizer<double>({.lr = 0.0, .rho = rho, .eps = 0.0}, size)),
        still_(size),
        root_(size),
        rate_(size) {}

  /// √v [size] after v ← ρv + (1 − ρ)g².
  std::span<const double> add(std::span<const double> g) {
    rms_->step(still_, g, {});
    rms_->inspect(root_, rate_);
    return root_;
  }

 private:
  std::unique_ptr<optim::Optimizer<double>> rms_;
  std::vector<double> still_, root_, rate_;
};

}  // namespace rhoam::lab
