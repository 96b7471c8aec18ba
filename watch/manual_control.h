#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/env.h"

namespace rhoam::watch {

/// Makes actions of what a person holds down. Discrete actions are found by their names (left, right, main,
/// nothing); where none does nothing, the two sides take turns while no key is held. Without such names the
/// sides choose the action before or after. Of continuous ones "main" follows the vertical, the first other
/// one the horizontal.
class ManualControl {
 public:
  explicit ManualControl(const envs::ActionSpace& actions);

  /// `x` to the right and `y` upwards, −1 … 1. Valid until the next call.
  std::span<const float> steer(double x, double y);

 private:
  float choose(double x, double y);
  std::optional<int> find(const std::string& beginning) const;

  envs::ActionSpace actions_;
  std::optional<int> left_, right_, main_, nothing_;
  std::vector<float> action_;
  int selected_ = 0;
  bool turn_ = false, was_aside_ = false;
};

}  // namespace rhoam::watch
