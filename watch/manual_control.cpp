#include "rhoam/watch/manual_control.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace rhoam::watch {
namespace {

constexpr double kHeld = 0.5;  // of full deflection

}  // namespace

ManualControl::ManualControl(const envs::ActionSpace& actions)
    : actions_(actions),
      left_(find("left")),
      right_(find("right")),
      main_(find("main")),
      nothing_(find("nothing")),
      action_(static_cast<std::size_t>(actions.size())) {}

std::optional<int> ManualControl::find(const std::string& beginning) const {
  const auto& names = actions_.names;
  const auto found =
      std::ranges::find_if(names, [&](const std::string& name) { return name.starts_with(beginning); });
  if (found == names.end()) return std::nullopt;
  return static_cast<int>(found - names.begin());
}

std::span<const float> ManualControl::steer(double x, double y) {
  if (actions_.discrete()) {
    action_[0] = choose(x, y);
    return action_;
  }
  bool horizontal = false;
  for (std::size_t i = 0; i < action_.size(); ++i) {
    const auto& [low, high] = actions_.bounds[i];
    double wish = 0;
    if (main_ == static_cast<int>(i))
      wish = y;
    else if (!std::exchange(horizontal, true))
      wish = x;
    action_[i] = static_cast<float>(wish >= 0 ? wish * high : -wish * low);
  }
  return action_;
}

float ManualControl::choose(double x, double y) {
  const bool aside = std::abs(x) > kHeld;
  turn_ = !turn_;
  if (!left_ || !right_) {
    if (aside && !was_aside_) selected_ = (selected_ + (x > 0 ? 1 : actions_.n - 1)) % actions_.n;
    was_aside_ = aside;
    return static_cast<float>(selected_);
  }
  if (main_ && y > kHeld && (!aside || turn_)) return static_cast<float>(*main_);
  if (aside) return static_cast<float>(x < 0 ? *left_ : *right_);
  if (nothing_) return static_cast<float>(*nothing_);
  return static_cast<float>(turn_ ? *left_ : *right_);
}

}  // namespace rhoam::watch
