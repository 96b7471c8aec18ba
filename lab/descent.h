#pragma once
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "rhoam/optim/recipes.h"

namespace rhoam::lab {

/// A point and the optimizer that moves it.
class Descent {
 public:
  Descent(const optim::OptimizerConfig& config, std::vector<double> start)
      : theta_(std::move(start)), optimizer_(optim::make_optimizer<double>(config, theta_.size())) {}
  /// One update; the gradient is [P] like the point.
  void step(std::span<const double> gradient) { optimizer_->step(theta_, gradient, {}); }
  std::span<const double> theta() const { return theta_; }

 private:
  std::vector<double> theta_;
  std::unique_ptr<optim::Optimizer<double>> optimizer_;
};

/// An optimizer of one parameter of which only the steps matter.
class Stepper {
 public:
  explicit Stepper(const optim::OptimizerConfig& config)
      : optimizer_(optim::make_optimizer<double>(config, 1)) {}
  /// How far this gradient moves the parameter downhill. Always starts at 0, so that a small step keeps its
  /// digits.
  double step(double gradient) {
    double theta = 0;
    optimizer_->step({&theta, 1}, {&gradient, 1}, {});
    return -theta;
  }

 private:
  std::unique_ptr<optim::Optimizer<double>> optimizer_;
};

}  // namespace rhoam::lab
