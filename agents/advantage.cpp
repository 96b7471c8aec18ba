#include "rhoam/agents/advantage.h"

#include <cmath>

namespace rhoam::agents {
namespace {

double mean(std::span<const float> values) {
  double sum = 0;
  for (const float x : values) sum += x;
  return sum / static_cast<double>(values.size());
}

}  // namespace

void gae(const GaeInput& in, std::span<float> advantages) {
  for (int t = in.steps - 1; t >= 0; --t)
    for (int row = 0; row < in.rows; ++row) {
      const std::size_t at = static_cast<std::size_t>(t) * in.rows + row;
      const bool ended = in.terminated[at] || in.truncated[at];
      const float next_value = in.terminated[at] ? 0.0f : in.next_values[at];
      const float delta = in.rewards[at] + in.gamma * next_value - in.values[at];
      const float later = ended || t + 1 == in.steps ? 0.0f : advantages[at + in.rows];
      advantages[at] = delta + in.gamma * in.lambda * later;
    }
}

void center(std::span<float> values) {
  if (values.size() < 2) return;
  const auto count = static_cast<double>(values.size());
  const double centre = mean(values), factor = count / (count - 1);
  for (float& x : values) x = static_cast<float>((x - centre) * factor);
}

void standardise(std::span<float> values) {
  if (values.size() < 2) return;
  const double centre = mean(values);
  double squares = 0;
  for (const float x : values) squares += (x - centre) * (x - centre);
  const double scale = 1.0 / (std::sqrt(squares / static_cast<double>(values.size() - 1)) + 1e-8);
  for (float& x : values) x = static_cast<float>((x - centre) * scale);
}

}  // namespace rhoam::agents
