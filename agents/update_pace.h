#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"

namespace rhoam::agents {

/// Environment steps and finished episodes per update of one network, measured over its last four iterations.
/// The number of updates in an iteration is planned, but early stopping makes fewer, and an update that waits
/// for episodes gets those that finish together. More iterations would lag behind a pace that changes.
class UpdatePace {
 public:
  /// Call before each update, with the clocks of the training and the number of updates of the network so
  /// far. New clocks begin a new iteration.
  void count(const core::Clocks& clocks, std::int64_t updates);
  /// Writes the pace of the iterations before the current one into `clocks`; 0 before the first has ended.
  void put_before(core::Clocks& clocks) const;
  /// The same with the current iteration, which has ended after `updates` updates of the network.
  void put_now(core::Clocks& clocks, std::int64_t updates) const;

  void save(core::Tensors& out, const std::string& name) const;
  /// Throws CorruptError on counts that no training can have.
  void load(const core::Tensors& in, const std::string& name);

 private:
  /// Counts at the end of an iteration.
  struct Mark {
    std::int64_t steps = 0, episodes = 0, updates = 0;
  };
  static constexpr std::size_t kMarks = 5;

  std::array<Mark, kMarks> marks_{};  // the oldest first
  std::size_t marked_ = 0;
  Mark now_;  // the counts at the start of the current iteration
};

}  // namespace rhoam::agents
