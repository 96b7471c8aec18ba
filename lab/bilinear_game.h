#pragma once
#include <array>
#include <memory>

#include "rhoam/optim/recipes.h"

namespace rhoam::lab {

/// The bilinear game, min over x and max over y of x·y: two players, each with its own optimizer.
class BilinearGame {
 public:
  /// Starts at x = `start`, y = 0; the equilibrium is 0. `momentum` in (−1, 1) is Polyak's heavy ball on the
  /// displacements; it may be negative and affects only `simultaneous`.
  BilinearGame(double start, const optim::OptimizerConfig& config, double momentum = 0);

  /// Distance from the equilibrium.
  double radius() const;
  /// Sets the learning rate to factor·lr.
  void set_rate_factor(double factor);

  // One round.

  /// Both players move at once.
  void simultaneous();
  /// y responds to the x that has already moved.
  void alternating();
  /// Uses the last step to predict the next: 2u_t − u_{t−1} (Daskalakis et al. 2018).
  void optimistic();
  /// Uses the gradient at a trial step (Korpelevich 1976); as in ExtraAdam (Gidel et al. 2019) v sees both.
  void extragradient();

 private:
  using Point = std::array<double, 2>;
  static Point gradient(const Point& z) { return {z[1], -z[0]}; }  // x descends on xy, y ascends
  double step(int player, const Point& at);
  Point both_steps(const Point& at) { return {step(0, at), step(1, at)}; }

  Point z_, before_, last_step_{};
  double momentum_;
  std::array<std::unique_ptr<optim::Optimizer<double>>, 2> players_;
};

}  // namespace rhoam::lab
