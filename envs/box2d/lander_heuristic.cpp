#include "rhoam/envs/box2d/lander_heuristic.h"

#include <algorithm>
#include <cmath>

namespace rhoam::envs {
namespace {

/// Remaining turn and climb.
struct Todo {
  float turn, climb;
};

Todo todo(std::span<const float> obs) {
  const float x = obs[0], y = obs[1], vx = obs[2], vy = obs[3], angle = obs[4], omega = obs[5];
  if (obs[6] != 0 || obs[7] != 0) return {.turn = 0, .climb = -vy * 0.5F};  // a leg touches: only brake
  const float target_angle = std::clamp(x * 0.5F + vx, -0.4F, 0.4F);        // point towards the centre
  const float target_height = 0.55F * std::abs(x);
  return {.turn = (target_angle - angle) * 0.5F - omega, .climb = (target_height - y) * 0.5F - vy * 0.5F};
}

float discrete_action(const Todo& todo) {
  if (todo.climb > std::abs(todo.turn) && todo.climb > 0.05F) return 2;
  if (todo.turn < -0.05F) return 3;
  return todo.turn > 0.05F ? 1 : 0;
}

}  // namespace

void lander_heuristic(std::span<const float> obs, bool continuous, std::span<float> action) {
  const Todo wanted = todo(obs);
  if (!continuous) {
    action[0] = discrete_action(wanted);
    return;
  }
  action[0] = std::clamp(wanted.climb * 20 - 1, -1.0F, 1.0F);
  action[1] = std::clamp(-wanted.turn * 20, -1.0F, 1.0F);
}

}  // namespace rhoam::envs
