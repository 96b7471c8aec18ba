#include "apps/watch/layer_fan.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace rhoam::watch {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity(), kDecades = 1e4;

/// The columns of one quantile, one for each layer.
std::vector<const Thinned*> columns_of(const RunLog& log, const std::string& network,
                                       const std::string& ending) {
  std::vector<const Thinned*> columns;
  for (const auto& name : log.names())
    if (name.starts_with("optim/" + network + "/") && name.ends_with("/" + ending))
      if (const auto& column = log.column(name); !column.empty()) columns.push_back(&column);
  return columns;
}

/// What all layers say of a place, without those that say nothing.
std::vector<double> values_at(const std::vector<const Thinned*>& layers, double x) {
  std::vector<double> values;
  for (const auto* layer : layers)
    if (const double value = layer->at(x); !std::isnan(value)) values.push_back(value);
  return values;
}

/// The geometric middle of what is not negative.
double middle(std::vector<double> values) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : std::sqrt(values[half - 1]) * std::sqrt(values[half]);
}

double least(const std::vector<double>& values) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : std::ranges::min(values);
}
double greatest(const std::vector<double>& values) {
  return values.empty() ? std::numeric_limits<double>::quiet_NaN() : std::ranges::max(values);
}

void cut(LayerFan& fan) {
  double floor = kInfinity, ceiling = 0;
  for (const double median : fan.median)
    if (median > 0 && std::isfinite(median))
      floor = std::min(floor, median / kDecades), ceiling = std::max(ceiling, median * kDecades);
  for (auto* values : {&fan.low, &fan.lowest, &fan.high, &fan.highest})
    for (double& value : *values)
      if (value < floor)
        value = 0;
      else if (value > ceiling)
        value = kInfinity;
}

}  // namespace

LayerFan layer_fan(const RunLog& log, const std::string& network, const std::string& figure) {
  const auto p05 = columns_of(log, network, figure + "_p05"), p50 = columns_of(log, network, figure + "_p50"),
             p95 = columns_of(log, network, figure + "_p95");
  LayerFan fan{.layers = p50.size()};
  if (p50.empty()) return fan;
  fan.x = p50.front()->x();
  for (const double x : fan.x) {
    const auto lows = values_at(p05, x), highs = values_at(p95, x);
    fan.low.push_back(middle(lows));
    fan.median.push_back(middle(values_at(p50, x)));
    fan.high.push_back(middle(highs));
    fan.lowest.push_back(least(lows));
    fan.highest.push_back(greatest(highs));
  }
  cut(fan);
  return fan;
}

}  // namespace rhoam::watch
