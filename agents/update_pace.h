#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "rhoam/core/clock.h"
#include "rhoam/core/tensors.h"

namespace rhoam::agents {

/// Environment steps and finished episodes per update of one network, measured over its last four iterations.
/// How many updates an iteration makes is planned, but early stopping makes fewer, and an update that waits
/// for episodes gets those that finish together. More iterations would lag behind a pace that changes.
class UpdatePace {
 public:
  /// Before each update: at these clocks of the training, after so many updates of the network. New clocks
  /// begin a new iteration.
  void count(const core::Clocks& clocks, std::int64_t updates);
  /// Writes the pace of the iterations before the one at hand into `clocks`; 0 before the first has ended.
  void put_before(core::Clocks& clocks) const;
  /// The same with the iteration at hand, which has ended after so many updates of the network.
  void put_now(core::Clocks& clocks, std::int64_t updates) const;

  void save(core::Tensors& out, const std::string& name) const;
  /// Throws CorruptError on counts that no training has.
  void load(const core::Tensors& in, const std::string& name);

 private:
  /// Counts at the end of an iteration.
  struct Mark {
    std::int64_t steps = 0, episodes = 0, updates = 0;
  };
  static constexpr std::size_t kMarks = 5;

  std::array<Mark, kMarks> marks_{};  // the oldest first
  std::size_t marked_ = 0;
  Mark now_;  // the counts that the iteration at hand began with
};

}  // namespace rhoam::agents
