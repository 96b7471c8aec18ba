#pragma once
#include <string>
#include <vector>

#include "apps/watch/run_log.h"

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

}  // namespace rhoam::watch
