#include "render/end_labels.h"

#include <algorithm>
#include <cmath>

namespace rhoam::render {
namespace {

bool is_line(const Series& series) { return series.style == Style::line || series.style == Style::dashed; }

/// The last point of a line that can be seen; nothing for a line without one.
std::optional<Point> end_of(const Series& series, const Frame& frame) {
  for (std::size_t i = std::min(series.x.size(), series.y.size()); i-- > 0;)
    if (const Point p{frame.column(series.x[i]), frame.row(series.y[i])};
        !std::isnan(p.x) && !std::isnan(p.y))
      return p;
  return std::nullopt;
}

/// Moves neighbours apart until there is room for a line of text on each.
void spread(std::vector<EndLabel>& labels, double line_height) {
  constexpr int kRounds = 30;
  for (int round = 0; round < kRounds; ++round)
    for (std::size_t i = 1; i < labels.size(); ++i)
      if (const double lack = line_height - (labels[i].row - labels[i - 1].row); lack > 0) {
        labels[i - 1].row -= lack / 2;
        labels[i].row += lack / 2;
      }
}

/// The labels at their places, if they find room near their lines.
std::optional<std::vector<EndLabel>> placed(std::vector<EndLabel> labels, const Font& font) {
  std::ranges::stable_sort(labels, {}, &EndLabel::row);
  const auto ends = labels;
  spread(labels, font.line_height());
  const double farthest = font.line_height() / 2, closest = 0.9 * font.line_height();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool collides = i > 0 && labels[i].row - labels[i - 1].row < closest;
    if (collides || std::abs(labels[i].row - ends[i].row) > farthest) return std::nullopt;
  }
  return labels;
}

}  // namespace

std::optional<std::vector<EndLabel>> end_labels(const Chart& chart, std::span<const Look> looks,
                                                const Frame& frame, const PanelStyle& style) {
  constexpr double kNearEnd = 0.02;
  constexpr std::size_t kMost = 24;  // a plot has no room for more
  std::vector<EndLabel> labels;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    if (labels.size() > kMost) return std::nullopt;
    const auto& series = chart.series[i];
    if (!is_line(series)) return std::nullopt;
    const bool named = std::ranges::find(labels, series.name, &EndLabel::name) != labels.end();
    if (series.name.empty() || named) continue;
    const auto end = end_of(series, frame);
    if (!end || end->x < frame.plot.right() - kNearEnd * frame.plot.width) return std::nullopt;
    labels.push_back({series.name, end->y, style.colors.legible(looks[i].color)});
  }
  return placed(std::move(labels), style.fonts.text);
}

}  // namespace rhoam::render
