#include "rhoam/watch/run_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "rhoam/watch/hud.h"

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

/// The values of all layers at x, without missing ones.
std::vector<double> values_at(const std::vector<const Thinned*>& layers, double x) {
  std::vector<double> values;
  for (const auto* layer : layers)
    if (const double value = layer->at(x); !std::isnan(value)) values.push_back(value);
  return values;
}

/// The median of non-negative values; of two in the middle, the geometric mean.
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

namespace {

using render::Chart;
using render::Series;

enum Tone { kActor, kCritic, kReturn };  // in the palette

std::string key(const char* network, const char* what) { return fmt::format("optim/{}/{}", network, what); }

Series line(const std::string& name, const Thinned& column, int color) {
  return {.name = name, .x = column.x(), .y = column.y(), .color = color};
}

/// The newest value up to the watched checkpoint, with x increasing; nothing before the first.
std::optional<double> reading(const std::vector<double>& x, const std::vector<double>& y,
                              std::optional<std::int64_t> watched) {
  const auto end = watched ? std::ranges::upper_bound(x, static_cast<double>(*watched)) : x.end();
  if (y.empty() || end == x.begin()) return std::nullopt;
  return y[static_cast<std::size_t>(end - x.begin()) - 1];
}

/// Appends the value at the watched checkpoint to the name.
Series telling(Series series, std::optional<std::int64_t> watched) {
  if (const auto value = reading(series.x, series.y, watched)) series.name += " " + readout(*value);
  return series;
}

/// One line per run.
std::vector<Series> lines(std::span<const NamedLog> logs, const std::string& column) {
  std::vector<Series> all;
  for (const auto& run : logs) all.push_back(line(run.name, run.log->column(column), run.color));
  return all;
}

Series evaluations(const RunLog& log, const std::string& name, int color) {
  Series points = line(name, log.column("eval/mean_reward"), color);
  points.style = render::Style::points;
  return points;
}

Chart return_chart(std::span<const NamedLog> logs) {
  constexpr const char* kColumn = "rollout/ep_rew_mean";
  Chart chart{.title = "Return"};
  if (logs.size() == 1) {
    const NamedLog& run = logs.front();
    chart.series = {telling(line("training", run.log->column(kColumn), kReturn), run.watched),
                    telling(evaluations(*run.log, "greedy", kReturn), run.watched)};
    if (chart.series.back().y.empty()) chart.series.pop_back();
    return chart;
  }
  chart.series = lines(logs, kColumn);
  for (const auto& run : logs) chart.series.push_back(evaluations(*run.log, "", run.color));
  return chart;
}

/// The memory, with its range since the previous row as a band.
Series memory_line(const NamedLog& run, const char* network, const std::string& name, int color) {
  const RunLog& log = *run.log;
  Series series = telling(line(name, log.column(key(network, "memory")), color), run.watched);
  for (const double x : series.x) {
    series.low.push_back(log.column(key(network, "memory_min")).at(x));
    series.high.push_back(log.column(key(network, "memory_max")).at(x));
  }
  const auto& rho = log.column(key(network, "rho"));
  if (const auto value = reading(rho.x(), rho.y(), run.watched)) series.name += ", " + rho_readout(*value);
  return series;
}

/// A single line where actor and critic coincide.
std::vector<Series> memory_lines(const NamedLog& run) {
  if (run.log->column(key("actor", "memory")).y() == run.log->column(key("critic", "memory")).y())
    return {memory_line(run, "actor", "actor and critic", kActor)};
  return {memory_line(run, "actor", "actor", kActor), memory_line(run, "critic", "critic", kCritic)};
}

Chart memory_chart(std::span<const NamedLog> logs) {
  Chart chart{
      .title = "Memory", .y = {.label = "updates", .log = true}, .message = "this optimizer keeps no √v"};
  if (logs.size() == 1) {
    chart.series = memory_lines(logs.front());
    return chart;
  }
  chart.y.label = "actor, updates";
  chart.series = lines(logs, key("actor", "memory"));
  return chart;
}

/// The median layer as a line with its band.
Series middle_of(const LayerFan& fan, const std::string& name, int color) {
  return {.name = name, .x = fan.x, .y = fan.median, .low = fan.low, .high = fan.high, .color = color};
}

/// All layers as a band.
Series whole_of(const LayerFan& fan, int color) {
  return {.name = "", .x = fan.x, .low = fan.lowest, .high = fan.highest, .color = color};
}

/// Why there is no fan.
const char* message_without_looks(const RunLog& log) {
  constexpr const char* kLook = "optim/actor/cosine";  // written by every introspection
  if (!log.has(kLook)) return "no looks into the optimizer: train with --introspect-every 10000";
  return log.column(kLook).empty() ? "no look into the optimizer yet" : "this optimizer keeps no √v";
}

Chart fan_chart(std::span<const NamedLog> logs, const char* title, const char* figure) {
  Chart chart{.title = title, .y = {.label = "actor, 5–95%", .log = true}};
  const RunLog& first = *logs.front().log;
  chart.message = message_without_looks(first);
  if (logs.size() == 1) {
    const auto fan = layer_fan(first, "actor", figure);
    if (fan.layers > 1) chart.series.push_back(whole_of(fan, kActor));
    chart.series.push_back(telling(middle_of(fan, "median", kActor), logs.front().watched));
    return chart;
  }
  for (const auto& run : logs)
    chart.series.push_back(middle_of(layer_fan(*run.log, "actor", figure), run.name, run.color));
  return chart;
}

Chart gradient_chart(std::span<const NamedLog> logs) {
  Chart chart{.title = "Gradient norm", .y = {.log = true}};
  if (logs.size() > 1) {
    chart.y.label = "actor";
    chart.series = lines(logs, key("actor", "grad_norm"));
    return chart;
  }
  for (const auto& [network, color] : {std::pair{"actor", kActor}, {"critic", kCritic}})
    chart.series.push_back(telling(line(network, logs.front().log->column(key(network, "grad_norm")), color),
                                   logs.front().watched));
  return chart;
}

/// Every watched checkpoint, with the name of its run where they differ.
std::vector<render::Landmark> watched_checkpoints(std::span<const NamedLog> logs) {
  std::vector<render::Landmark> marks;
  for (const auto& run : logs)
    if (run.watched) marks.push_back({static_cast<double>(*run.watched), run.name});
  const auto differs = [&](const auto& mark) { return mark.x != marks.front().x; };
  if (!marks.empty() && std::ranges::none_of(marks, differs)) return {{marks.front().x, "watched"}};
  return marks;
}

/// Removes names that the first chart shows already.
void leave_names_out(Chart& chart, bool of_runs) {
  for (auto& mark : chart.landmarks) mark.name.clear();
  if (of_runs)
    for (auto& series : chart.series) series.name.clear();
}

/// Adds what all charts of a picture have in common.
void complete(std::vector<Chart>& charts, std::span<const NamedLog> logs) {
  const bool silent = std::ranges::all_of(logs, [](const NamedLog& each) { return each.log->empty(); });
  for (auto& chart : charts) {
    chart.x.label = "environment steps";
    chart.landmarks = watched_checkpoints(logs);
    if (silent) chart.message = "nothing logged yet";
    if (&chart != &charts.front()) leave_names_out(chart, logs.size() > 1);
    for (const auto& each : logs)
      chart.changes.insert(chart.changes.end(), each.log->changes().begin(), each.log->changes().end());
  }
}

}  // namespace

std::vector<Chart> run_charts(std::span<const NamedLog> logs) {
  if (logs.empty()) return {};
  std::vector<Chart> charts{return_chart(logs), memory_chart(logs), fan_chart(logs, "√v", "root_v"),
                            fan_chart(logs, "Effective learning rate", "effective_lr"), gradient_chart(logs)};
  complete(charts, logs);
  return charts;
}

}  // namespace rhoam::watch
