#pragma once
#include <deque>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"

namespace rhoam::golden {

/// Recorded random draws, handed out in their order. Throws CorruptError when they run out or cannot be what
/// is asked for.
class RecordedDraws final : public core::Draws {
 public:
  std::deque<double> reals;
  std::deque<std::int64_t> integers;

  double uniform(double low, double high) override { return next(reals, low, high); }
  std::int64_t integer(std::int64_t low, std::int64_t high) override { return next(integers, low, high - 1); }
  double normal() override { throw core::CorruptError("no normal draws were recorded"); }

 private:
  template <class Number>
  static Number next(std::deque<Number>& draws, Number low, Number high) {
    if (draws.empty()) throw core::CorruptError("the recorded draws end too early");
    const Number draw = draws.front();
    if (!(draw >= low && draw <= high)) throw core::CorruptError("a recorded draw is out of its range");
    draws.pop_front();
    return draw;
  }
};

}  // namespace rhoam::golden
