#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/chart/chart.h"
#include "rhoam/watch/run_log.h"

namespace rhoam::watch {

/// Quantiles of a figure of the optimizer over the parameters of every layer of a network, put together.
struct LayerFan {
  std::vector<double> x = {};                            ///< environment steps
  std::vector<double> low = {}, median = {}, high = {};  ///< of the layer in the middle: p05, p50, p95
  std::vector<double> lowest = {}, highest = {};         ///< of all layers: the least p05, the greatest p95
  std::size_t layers = 0;
};

/// The fan of "optim/<network>/<layer>/<figure>_p05", "_p50" and "_p95". What lies more than four decades
/// beside all medians, such as √v of parameters that have never had a gradient, becomes 0 or infinity.
LayerFan layer_fan(const RunLog& log, const std::string& network, const std::string& figure);

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
