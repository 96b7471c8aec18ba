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

render::Series from(Band band, std::string name, int color) {
  return {.name = std::move(name),
          .x = std::move(band.x),
          .y = std::move(band.y),
          .low = std::move(band.low),
          .high = std::move(band.high),
          .color = color};
}

/// Whether a setting has a place over memory.
bool placed(const SettingVerdict& setting) {
  return std::isfinite(setting.memory) && setting.memory > 0 && std::isfinite(setting.score.value);
}

/// Whether a plain setting differs in memory from one of its line, or from one that is not plain.
bool memory_tells_apart(const std::vector<SettingVerdict>& settings, const LineUp& order) {
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

std::string score_label(const Evidence& evidence) {
  return fmt::format("time-averaged {}, IQM", evidence.score.name);
}

/// The plain settings of every line by rising memory.
std::map<std::string, std::vector<std::size_t>> memory_lines(const std::vector<SettingVerdict>& settings,
                                                             const LineUp& order) {
  std::map<std::string, std::vector<std::size_t>> lines;
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (order.lines[i] && placed(settings[i])) lines[*order.lines[i]].push_back(i);
  for (auto& [name, line] : lines)
    std::ranges::stable_sort(line, {}, [&](std::size_t i) { return settings[i].memory; });
  return lines;
}

render::Series over_memory(const std::vector<SettingVerdict>& settings,
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

/// Settings over memory: those of a line joined where they are enough to show its course, the others alone.
std::vector<render::Series> memory_series(const std::vector<SettingVerdict>& settings, const LineUp& order) {
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

/// Room for one point for each setting over its name.
Chart over_names(const std::vector<SettingVerdict>& settings, std::string y_label) {
  Chart chart{.title = "", .y = {.label = std::move(y_label)}};
  auto [head, texts] = shortened(settings);
  chart.x = {.label = std::move(head), .categories = std::move(texts)};
  for (std::size_t i = 0; i < settings.size(); ++i)
    if (all_diverged(settings[i])) chart.x.categories[i] += " (diverged)";
  chart.series.push_back({.name = "", .style = Style::points, .color = 0});
  return chart;
}

Chart score_over_names(const Evidence& evidence, const std::vector<SettingVerdict>& settings) {
  Chart chart = over_names(settings, score_label(evidence));
  for (std::size_t i = 0; i < settings.size(); ++i)
    append(chart.series[0], static_cast<double>(i), settings[i].score);
  return chart;
}

std::string steps_label(std::size_t changes) {
  if (changes <= kMostChanges) return "environment steps";
  return fmt::format("environment steps; {} changes of the world are too many to be drawn", changes);
}

std::vector<render::Series> bands(const Evidence& evidence, std::size_t scenario,
                                  Series SettingEvidence::*member) {
  const auto order = line_up(evidence);
  const auto& settings = evidence.scenarios[scenario].settings;
  std::vector<render::Series> all;
  for (std::size_t i = 0; i < settings.size(); ++i)
    all.push_back(from(iqm_band(settings[i].*member), short_label(settings[i].name, settings[i].options),
                       order.colors[i]));
  return all;
}

/// Even steps from the worst to the best score.
std::vector<double> thresholds(const ScenarioEvidence& scenario) {
  constexpr int kSteps = 100;
  double low = INFINITY, high = -INFINITY;
  for (const auto& setting : scenario.settings)
    for (const auto& cell : setting.cells)
      if (std::isfinite(cell.score)) low = std::min(low, cell.score), high = std::max(high, cell.score);
  std::vector<double> all;
  if (low <= high)
    for (int i = 0; i <= kSteps; ++i) all.push_back(std::lerp(low, high, static_cast<double>(i) / kSteps));
  return all;
}

}  // namespace

Chart score_over_memory(const Evidence& evidence, const Verdict& verdict, std::size_t scenario) {
  const auto order = line_up(evidence);
  const auto& settings = verdict.scenarios[scenario].settings;
  if (!memory_tells_apart(settings, order)) return score_over_names(evidence, settings);
  return {.title = "",
          .x = {.label = "memory n of the actor's v, updates", .log = true},
          .y = {.label = score_label(evidence)},
          .series = memory_series(settings, order),
          .landmarks = landmarks(evidence.scenarios[scenario].marks)};
}

Chart learning_curves(const Evidence& evidence, std::size_t scenario) {
  const auto& changes = evidence.scenarios[scenario].changes;
  return {.title = "",
          .x = {.label = steps_label(changes.size())},
          .y = {.label = evidence.score.name + ", IQM"},
          .series = bands(evidence, scenario, &SettingEvidence::score),
          .changes = changes.size() > kMostChanges ? std::vector<double>() : changes};
}

std::vector<Chart> around_changes(const Evidence& evidence, std::size_t scenario) {
  struct Quantity {
    std::string label;
    Series SettingEvidence::*series;
    bool log;
  };
  std::vector<Chart> charts;
  for (const auto& [label, series, log] :
       {Quantity{evidence.score.name, &SettingEvidence::score_around, false},
        Quantity{"actor's memory, updates", &SettingEvidence::memory_around, true},
        Quantity{"√v", &SettingEvidence::root_v_around, true}}) {
    Chart chart{.title = "",
                .x = {.label = "environment steps since the change"},
                .y = {.label = label, .log = log},
                .series = bands(evidence, scenario, series),
                .landmarks = {{0, "change"}}};
    const bool there = std::ranges::any_of(chart.series, [](const auto& each) { return !each.x.empty(); });
    if (there) charts.push_back(std::move(chart));
  }
  return charts;
}

Chart performance_profiles(const Evidence& evidence, std::size_t scenario) {
  const auto& [name, higher_is_better] = evidence.score;
  const auto order = line_up(evidence);
  const auto& in = evidence.scenarios[scenario];
  Chart chart{.title = "",
              .x = {.label = "time-averaged " + name + " τ"},
              .y = {.label = fmt::format("share of seeds with {} {} τ", name, higher_is_better ? ">" : "<")}};
  for (std::size_t i = 0; i < in.settings.size(); ++i) {
    std::vector<double> scores;
    for (const auto& cell : in.settings[i].cells) scores.push_back(cell.score);
    chart.series.push_back(from(profile_band(scores, thresholds(in), higher_is_better),
                                short_label(in.settings[i].name, in.settings[i].options), order.colors[i]));
  }
  constexpr std::size_t kFew = 3;  // more bands of steps hide each other
  if (chart.series.size() > kFew)
    for (auto& series : chart.series) series.low = series.high = {};
  return chart;
}

Chart differences(const Evidence& evidence, const Verdict& verdict, std::size_t scenario) {
  std::vector<SettingVerdict> compared;
  for (const auto& setting : verdict.scenarios[scenario].settings)
    if (setting.difference) compared.push_back(setting);
  Chart chart = over_names(
      compared, fmt::format("{}: difference to {}", evidence.score.name, reference_name(evidence)));
  chart.levels = {0};
  for (std::size_t i = 0; i < compared.size(); ++i)
    append(chart.series[0], static_cast<double>(i), compared[i].difference->iqm);
  return chart;
}

std::vector<Figures> make_figures(const Evidence& evidence, const Verdict& verdict) {
  std::vector<Figures> all;
  for (std::size_t i = 0; i < verdict.scenarios.size(); ++i)
    all.push_back({.score = score_over_memory(evidence, verdict, i),
                   .curves = learning_curves(evidence, i),
                   .profiles = performance_profiles(evidence, i),
                   .differences = differences(evidence, verdict, i),
                   .around_changes = around_changes(evidence, i),
                   .legible = legible(evidence, verdict.scenarios[i])});
  return all;
}

Chart only(Chart chart, const std::vector<std::size_t>& series) {
  std::vector<render::Series> kept;
  for (const std::size_t i : series) kept.push_back(std::move(chart.series[i]));
  chart.series = std::move(kept);
  return chart;
}

}  // namespace rhoam::compare
