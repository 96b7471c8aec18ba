#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/chart/chart.h"
#include "rhoam/watch/run_log.h"

namespace rhoam::watch {

/// Quantiles of an optimizer statistic over the parameters of each layer, combined for a network.
struct LayerFan {
  std::vector<double> x = {};                            ///< environment steps
  std::vector<double> low = {}, median = {}, high = {};  ///< median over layers: p05, p50, p95
  std::vector<double> lowest = {}, highest = {};         ///< over all layers: smallest p05, greatest p95
  std::size_t layers = 0;
};

/// The fan of "optim/<network>/<layer>/<figure>_p05", "_p50" and "_p95". Values more than four decades below
/// or above all medians, such as √v of parameters that have never had a gradient, become 0 or infinity.
LayerFan layer_fan(const RunLog& log, const std::string& network, const std::string& figure);

/// A run's log under the name that distinguishes the run from the others.
struct NamedLog {
  std::string name;
  const RunLog* log;
  std::optional<std::int64_t> watched = {};  ///< environment steps of the watched checkpoint
  int color = 0;                             ///< in the palette, among several runs
};

/// The charts beside a scene, over environment steps: return, memory of √v, quantiles of √v and of the
/// effective learning rate, gradient norm; each marks the jumps of the world and the watched checkpoints. A
/// single run shows both networks (quantiles: the actor) and its values at the watched checkpoint, else the
/// newest; of several runs each has one line in its colour, for its actor. A chart without values says why.
std::vector<render::Chart> run_charts(std::span<const NamedLog> logs);

}  // namespace rhoam::watch
