#pragma once
#include "apps/watch/stage.h"

namespace rhoam::watch {

/// The agent that plays a person's episodes, unseen, in the person's world: not in the one in which it was
/// trained.
class Rival {
 public:
  /// `world`: the person's. Throws UsageError when the agent's environment is another.
  Rival(Player agent, const Setting& world);

  /// Its return in the same episode, in which a parameter turns when the person turned it.
  double play(const Episode& episode);

 private:
  Stage stage_;
};

}  // namespace rhoam::watch
