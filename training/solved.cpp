#include "rhoam/training/solved.h"

namespace rhoam::training {

void Solved::add(std::int64_t steps, double mean) {
  if (count_ >= kInARow) return;
  if (mean < threshold_) {
    count_ = 0;
    return;
  }
  if (count_ > 0 && steps - last_ < kApart) return;
  if (count_++ == 0) first_ = steps;
  last_ = steps;
}

void Solved::save(core::Tensors& out) const {
  const std::int64_t state[] = {count_, first_, last_};
  out.put("evaluation/solved", std::span<const std::int64_t>(state));
}

void Solved::load(const core::Tensors& in) {
  std::int64_t state[3];
  in.get("evaluation/solved", std::span<std::int64_t>(state));
  count_ = state[0], first_ = state[1], last_ = state[2];
}

}  // namespace rhoam::training
