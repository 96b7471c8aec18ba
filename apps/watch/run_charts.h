#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "apps/watch/run_log.h"
#include "render/chart.h"

namespace rhoam::watch {

/// A run under the name that tells it from the others.
struct NamedLog {
  std::string name;
  const RunLog* log;
  std::optional<std::int64_t> watched = {};  ///< environment steps of the checkpoint that is watched
  int color = 0;                             ///< in the palette, among several runs
};

/// The charts beside a scene, over environment steps: return, memory of √v, quantiles of √v and of the
/// effective learning rate, norm of the gradient, with the jumps of the world and what is watched. One run is
/// shown with both of its networks and with its figures at the watched checkpoint, else the newest; of
/// several, each has one line and colour, and of its networks the actor. A chart without values says why.
std::vector<render::Chart> run_charts(std::span<const NamedLog> logs);

}  // namespace rhoam::watch
