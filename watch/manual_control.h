#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/envs/env.h"

namespace rhoam::watch {

/// Turns held directions into actions. Discrete actions are found by their names (left, right, main,
/// nothing); without a "nothing", left and right alternate while no key is held. Without a left and a right,
/// the directions select the previous or next action. Of continuous actions, "main" follows the vertical axis
/// and the first other one the horizontal.
class ManualControl {
 public:
  explicit ManualControl(const envs::ActionSpace& actions);

  /// The action [A] for `x` to the right and `y` upwards, −1 … 1. Valid until the next call.
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
