#include "rhoam/lab/bilinear_game.h"

#include <cmath>

namespace rhoam::lab {

BilinearGame::BilinearGame(double start, const optim::OptimizerConfig& config, double momentum)
    : z_{start, 0},
      before_(z_),
      momentum_(momentum),
      players_{optim::make_optimizer<double>(config, 1), optim::make_optimizer<double>(config, 1)} {}

double BilinearGame::radius() const { return std::hypot(z_[0], z_[1]); }

void BilinearGame::set_rate_factor(double factor) {
  for (const auto& player : players_) player->set_rate_factor(factor);
}

/// The step of a player at the point `at`.
double BilinearGame::step(int player, const Point& at) {
  const double slope = gradient(at)[player];
  double moved = at[player];
  players_[player]->step({&moved, 1}, {&slope, 1}, {});
  return moved - at[player];
}

void BilinearGame::simultaneous() {
  const Point here = z_, step = both_steps(here);
  for (int i = 0; i < 2; ++i) z_[i] += step[i] + momentum_ * (here[i] - before_[i]);
  before_ = here;
}

void BilinearGame::alternating() {
  for (int i = 0; i < 2; ++i) z_[i] += step(i, z_);
}

void BilinearGame::optimistic() {
  const Point now = both_steps(z_);
  for (int i = 0; i < 2; ++i) z_[i] += 2 * now[i] - last_step_[i];
  last_step_ = now;
}

void BilinearGame::extragradient() {
  const Point ahead = both_steps(z_);
  const Point now = both_steps({z_[0] + ahead[0], z_[1] + ahead[1]});
  for (int i = 0; i < 2; ++i) z_[i] += now[i];
}

}  // namespace rhoam::lab
