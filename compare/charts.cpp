#include "rhoam/compare/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "rhoam/compare/grid.h"
#include "rhoam/compare/interval_curve.h"
#include "rhoam/compare/notes.h"
#include "rhoam/compare/setting_style.h"

namespace rhoam::compare {
namespace {

using render::Chart;
using render::Style;

constexpr std::size_t kMostChanges = 60;  // more lines than this hide the curves

void append(render::Series& series, double x, const Estimate& estimate) {
  series.x.push_back(x);
  series.y.push_back(estimate.value);
  series.low.push_back(estimate.interval.low);
  series.high.push_back(estimate.interval.high);
}

render::Series from(IntervalCurve band, std::string name, int color) {
  return {.name = std::move(name),
          .x = std::move(band.x),
          .y = std::move(band.y),
          .low = std::move(band.low),
          .high = std::move(band.high),
          .color = color};
}

/// Whether a setting can be plotted over memory.
bool placed(const SettingAnalysis& setting) {
  return std::isfinite(setting.memory) && setting.memory > 0 && std::isfinite(setting.score.value);
}

/// Whether a plain setting differs in memory from another one on its line, or from one that is not plain.
bool memory_tells_apart(const std::vector<SettingAnalysis>& settings, const SettingStyles& order) {
  constexpr double kApart = 1.1;
  for (std::size_t i = 0; i < settings.size(); ++i)
    for (std::size_t k = 0; k < settings.size(); ++k) {
      if (!order.lines[i] || !placed(settings[i]) || !placed(settings[k])) continue;
      const bool comparable = !order.lines[k] || order.lines[k] == order.lines[i];
      const double ratio = settings[i].memory / settings[k].memory;
      if (comparable && std::max(ratio, 1 / ratio) > kApart) return true;
    }
  return false;
}

std::string score_label(const Results& results) {
  return fmt::format("time-averaged {}, IQM", results.score.name);
}

/// The plain settings of every line in order of memory.
std::map<std::string, std::vector<std::size_t>> memory_lines(const std::vector<SettingAnalysis>& settings,
                                                             const SettingStyles& order) {
  std::map<std::string, std::vector<std::size_t>> lines;
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (order.lines[i] && placed(settings[i])) lines[*order.lines[i]].push_back(i);
  for (auto& [name, line] : lines)
    std::ranges::stable_sort(line, {}, [&](std::size_t i) { return settings[i].memory; });
  return lines;
}

render::Series over_memory(const std::vector<SettingAnalysis>& settings,
                           const std::vector<std::size_t>& chosen, std::string name, int color) {
  render::Series series{.name = std::move(name), .color = color};
  for (const std::size_t i : chosen) append(series, settings[i].memory, settings[i].score);
  return series;
}

/// A line with its band and a dot for every setting.
void append_line(std::vector<render::Series>& all, render::Series line) {
  all.push_back(line);
  all.push_back({.name = "", .x = line.x, .y = line.y, .style = Style::points, .color = line.color});
}

/// Settings over memory: those of a line joined where there are enough of them, the others as points.
std::vector<render::Series> memory_series(const std::vector<SettingAnalysis>& settings,
                                          const SettingStyles& order) {
  constexpr std::size_t kFewest = 3;
  std::vector<render::Series> all;
  std::set<std::size_t> joined;
  for (const auto& [name, line] : memory_lines(settings, order)) {
    if (line.size() < kFewest) continue;
    const std::size_t first = *std::ranges::min_element(line, {}, [&](auto i) { return order.colors[i]; });
    append_line(
        all, over_memory(settings, line, (name.empty() ? "" : name + ", ") + "fixed ρ", order.colors[first]));
    joined.insert(line.begin(), line.end());
  }
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (joined.contains(i) || !placed(settings[i])) continue;
    all.push_back(
        over_memory(settings, {i}, short_label(settings[i].name, settings[i].options), order.colors[i]));
    all.back().style = Style::points;
  }
  return all;
}

std::vector<render::Landmark> landmarks(const std::vector<TheoryMark>& marks) {
  std::vector<render::Landmark> all;
  for (const auto& [name, memory] : marks)
    if (std::isfinite(memory) && memory > 0) all.push_back({memory, name + " (theory)"});
  return all;
}

/// A chart with room for one point per setting over its name.
Chart over_names(const std::vector<SettingAnalysis>& settings, std::string y_label) {
  Chart chart{.title = "", .y = {.label = std::move(y_label)}};
  auto [head, texts] = shortened(settings);
  chart.x = {.label = std::move(head), .categories = std::move(texts)};
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (all_diverged(settings[i])) chart.x.categories[i] += " (diverged)";
  chart.series.push_back({.name = "", .style = Style::points, .color = 0});
  return chart;
}

Chart score_over_names(const Results& results, const std::vector<SettingAnalysis>& settings) {
  Chart chart = over_names(settings, score_label(results));
  for (std::size_t i = 0; i < settings.size(); ++i)
    append(chart.series[0], static_cast<double>(i), settings[i].score);
  return chart;
}

std::string steps_label(std::size_t changes) {
  if (changes <= kMostChanges) return "environment steps";
  return fmt::format("environment steps; {} changes of the world are too many to be drawn", changes);
}

std::vector<render::Series> bands(const Results& results, std::size_t scenario,
                                  Series SettingResults::*member) {
  const auto order = setting_styles(results);
  const auto& settings = results.scenarios[scenario].settings;
  std::vector<render::Series> all;
  for (std::size_t i = 0; i < settings.size(); ++i)
    all.push_back(from(iqm_curve(settings[i].*member), short_label(settings[i].name, settings[i].options),
                       order.colors[i]));
  return all;
}

/// Evenly spaced thresholds from the worst to the best score.
std::vector<double> thresholds(const ScenarioResults& scenario) {
  constexpr int kSteps = 100;
  double low = INFINITY, high = -INFINITY;
  for (const auto& setting : scenario.settings)
    for (const auto& trial : setting.trials)
      if (std::isfinite(trial.score)) low = std::min(low, trial.score), high = std::max(high, trial.score);
  std::vector<double> all;
  if (low <= high)
    for (int i = 0; i <= kSteps; ++i) all.push_back(std::lerp(low, high, static_cast<double>(i) / kSteps));
  return all;
}

}  // namespace

Chart score_over_memory(const Results& results, const Analysis& analysis, std::size_t scenario) {
  const auto order = setting_styles(results);
  const auto& settings = analysis.scenarios[scenario].settings;
  if (!memory_tells_apart(settings, order)) return score_over_names(results, settings);
  return {.title = "",
          .x = {.label = "memory n of the actor's v, updates", .log = true},
          .y = {.label = score_label(results)},
          .series = memory_series(settings, order),
          .landmarks = landmarks(results.scenarios[scenario].marks)};
}

Chart learning_curves(const Results& results, std::size_t scenario) {
  const auto& changes = results.scenarios[scenario].changes;
  return {.title = "",
          .x = {.label = steps_label(changes.size())},
          .y = {.label = results.score.name + ", IQM"},
          .series = bands(results, scenario, &SettingResults::score),
          .changes = changes.size() > kMostChanges ? std::vector<double>() : changes};
}

std::vector<Chart> around_changes(const Results& results, std::size_t scenario) {
  struct Quantity {
    std::string label;
    Series SettingResults::*series;
    bool log;
  };
  std::vector<Chart> charts;
  for (const auto& [label, series, log] :
       {Quantity{results.score.name, &SettingResults::score_around, false},
        Quantity{"actor's memory, updates", &SettingResults::memory_around, true},
        Quantity{"√v", &SettingResults::root_v_around, true}}) {
    Chart chart{.title = "",
                .x = {.label = "environment steps since the change"},
                .y = {.label = label, .log = log},
                .series = bands(results, scenario, series),
                .landmarks = {{0, "change"}}};
    const bool there = std::ranges::any_of(chart.series, [](const auto& each) { return !each.x.empty(); });
    if (there) charts.push_back(std::move(chart));
  }
  return charts;
}

Chart performance_profiles(const Results& results, std::size_t scenario) {
  const auto& [name, higher_is_better] = results.score;
  const auto order = setting_styles(results);
  const auto& in = results.scenarios[scenario];
  Chart chart{.title = "",
              .x = {.label = "time-averaged " + name + " τ"},
              .y = {.label = fmt::format("share of seeds with {} {} τ", name, higher_is_better ? ">" : "<")}};
  for (std::size_t i = 0; i < in.settings.size(); ++i) {
    std::vector<double> scores;
    for (const auto& trial : in.settings[i].trials) scores.push_back(trial.score);
    chart.series.push_back(from(profile_curve(scores, thresholds(in), higher_is_better),
                                short_label(in.settings[i].name, in.settings[i].options), order.colors[i]));
  }
  constexpr std::size_t kFew = 3;  // more bands of steps hide each other
  if (chart.series.size() > kFew)
    for (auto& series : chart.series) series.low = series.high = {};
  return chart;
}

Chart differences(const Results& results, const Analysis& analysis, std::size_t scenario) {
  std::vector<SettingAnalysis> compared;
  for (const auto& setting : analysis.scenarios[scenario].settings)
    if (setting.difference) compared.push_back(setting);
  Chart chart =
      over_names(compared, fmt::format("{}: difference to {}", results.score.name, reference_name(results)));
  chart.levels = {0};
  for (std::size_t i = 0; i < compared.size(); ++i)
    append(chart.series[0], static_cast<double>(i), compared[i].difference->iqm);
  return chart;
}

std::vector<Charts> make_charts(const Results& results, const Analysis& analysis) {
  std::vector<Charts> all;
  for (std::size_t i = 0; i < analysis.scenarios.size(); ++i)
    all.push_back({.score = score_over_memory(results, analysis, i),
                   .curves = learning_curves(results, i),
                   .profiles = performance_profiles(results, i),
                   .differences = differences(results, analysis, i),
                   .around_changes = around_changes(results, i),
                   .shown_first = shown_first(results, analysis.scenarios[i])});
  return all;
}

Chart only(Chart chart, const std::vector<std::size_t>& series) {
  std::vector<render::Series> kept;
  for (const std::size_t i : series) kept.push_back(std::move(chart.series[i]));
  chart.series = std::move(kept);
  return chart;
}

}  // namespace rhoam::compare
