#pragma once
#include <cstdint>
#include <optional>

#include "rhoam/core/tensors.h"

namespace rhoam::training {

/// Decides when an environment counts as solved: at the first of 5 consecutive evaluations at or above the
/// threshold that lie at least 2,000 environment steps apart.
class Solved {
 public:
  static constexpr int kEpisodes = 100;  ///< that an evaluation needs to count
  static constexpr int kInARow = 5;
  static constexpr std::int64_t kApart = 2000;

  explicit Solved(double threshold) : threshold_(threshold) {}
  void add(std::int64_t steps, double mean);
  /// Steps of the first evaluation of the series, once it is complete.
  std::optional<std::int64_t> steps() const {
    return count_ >= kInARow ? std::optional(first_) : std::nullopt;
  }
  void save(core::Tensors& out) const;
  void load(const core::Tensors& in);

 private:
  double threshold_;
  std::int64_t count_ = 0, first_ = 0, last_ = 0;
};

}  // namespace rhoam::training
