#include "rhoam/render/chart/axis_labels.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "rhoam/core/text.h"
#include "rhoam/core/utf8.h"
#include "rhoam/render/chart/ticks.h"

namespace rhoam::render {
namespace {

constexpr double kTextGap = 12;   // between neighbouring labels
constexpr double kOver = 36;      // how far a label may extend beyond the plot
constexpr double kLongest = 240;  // of a tilted label
constexpr double kAngle = XLabels::kTilt * std::numbers::pi / 180;

/// The horizontal range that a number takes in the plot.
struct Span {
  double left, right;
};

Span span_of(const Tick& tick, const Scale& scale, double width, const Font& font) {
  const double centre = width * scale.position_at(tick.at), half = font.width(tick.label) / 2;
  return {centre - half, centre + half};
}

/// The ticks without those whose label would touch an earlier one or extend too far beyond the plot.
std::vector<Tick> without_overlap(const std::vector<Tick>& ticks, const Scale& scale, double width,
                                  const Font& font) {
  std::vector<Tick> kept;
  double free_from = -kOver;
  for (const auto& tick : ticks) {
    const auto [left, right] = span_of(tick, scale, width, font);
    if (left < free_from || right > width + kOver) continue;
    kept.push_back(tick);
    free_from = right + kTextGap;
  }
  return kept;
}

XLabels number_labels(const Scale& scale, double width, const Font& font, int steps) {
  constexpr int kFewest = 3;
  Ticks ticks;
  std::vector<Tick> kept;
  for (int count = std::max(steps, kFewest); count >= kFewest; --count) {
    ticks = make_ticks(scale.extent, scale.log, count);
    kept = without_overlap(ticks.labelled, scale, width, font);
    if (kept.size() == ticks.labelled.size()) break;
  }
  XLabels labels{.minor = ticks.minor, .height = font.line_height()};
  for (const auto& tick : kept) labels.labels.push_back({tick.at, {tick.label}});
  return labels;
}

bool is_whole(const std::vector<std::string>& lines, const std::string& text) {
  return core::join(lines, " ") == core::printable(text);
}

/// Horizontal labels; none if one of them does not fit below its place.
XLabels level_names(const std::vector<std::string>& names, double slot, const Font& font) {
  constexpr std::size_t kMostLines = 3;
  XLabels labels;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto lines = font.wrapped(names[i], slot - kTextGap / 2, kMostLines);
    if (!is_whole(lines, names[i])) return {};
    labels.labels.push_back({static_cast<double>(i), lines});
    labels.height = std::max(labels.height, static_cast<double>(lines.size()) * font.line_height());
  }
  return labels;
}

/// Tilted labels; crowded ones are left out, long ones shortened.
XLabels tilted_names(const std::vector<std::string>& names, double slot, double room, const Font& font) {
  constexpr double kShortest = 40;
  const double crowd = std::ceil(font.line_height() / std::sin(kAngle) / slot);
  const auto every = static_cast<std::size_t>(std::min(crowd, static_cast<double>(names.size())));
  XLabels labels{.tilted = true};
  for (std::size_t i = 0; i < names.size(); i += every) {
    const auto at = static_cast<double>(i);
    const double longest = std::clamp((room + (at + 0.5) * slot) / std::cos(kAngle), kShortest, kLongest);
    labels.labels.push_back({at, {font.shortened(names[i], longest)}});
    const double length = font.width(labels.labels.back().lines[0]);
    labels.height = std::max(labels.height, length * std::sin(kAngle) + font.line_height());
  }
  return labels;
}

}  // namespace

XLabels make_x_labels(const Axis& axis, const Scale& scale, double width, double room, const Font& font,
                      int steps) {
  if (axis.categories.empty()) return number_labels(scale, width, font, steps);
  const double slot = width / scale.extent.width();
  const XLabels level = level_names(axis.categories, slot, font);
  return level.labels.empty() ? tilted_names(axis.categories, slot, room, font) : level;
}

double left_edge_for_names(const std::vector<std::string>& names, double right, double margin,
                           const Font& font) {
  double edge = 0;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double place = (static_cast<double>(i) + 0.5) / static_cast<double>(names.size());  // 0 … 1
    const double reach = std::min(font.width(names[i]), kLongest) * std::cos(kAngle);
    edge = std::max(edge, (reach - margin - place * right) / (1 - place));
  }
  return edge;
}

}  // namespace rhoam::render
