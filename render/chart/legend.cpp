#include "rhoam/render/chart/legend.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "rhoam/render/chart/series_painter.h"

namespace rhoam::render {
namespace {

double sample_width(Style style, const LegendSizes& sizes) {
  return style == Style::line || style == Style::dashed ? sizes.line : sizes.box;
}

}  // namespace

Legend::Legend(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, double width)
    : style_(&style) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const auto& series = chart.series[i];
    if (series.name.empty()) continue;
    const auto [place, is_new] = places.try_emplace(series.name, entries_.size());
    if (is_new) entries_.push_back({.name = series.name, .samples = {}});
    Entry& entry = entries_[place->second];
    entry.samples.push_back({series.style, has_interval(series), looks[i]});
    entry.sample_width = std::max(entry.sample_width, sample_width(series.style, style.legend));
  }
  arrange(width);
}

void Legend::arrange(double width) {
  const Font& font = style_->fonts.text;
  const LegendSizes& sizes = style_->legend;
  double all = 0, longest = 0;
  for (auto& entry : entries_) {
    entry.name = font.shortened(entry.name, width - entry.sample_width - sizes.sample_gap);
    entry.width = entry.sample_width + sizes.sample_gap + font.width(entry.name) + sizes.entry_gap;
    all += entry.width;
    longest = std::max(longest, entry.width);
  }
  const bool one_row = all - sizes.entry_gap <= width;  // several rows are aligned in columns
  Point next;
  for (auto& entry : entries_) {
    if (next.x > 0 && next.x + entry.width - sizes.entry_gap > width) next = {0, next.y + sizes.row};
    entry.place = next;
    next.x += one_row ? entry.width : longest;
  }
}

double Legend::height() const { return entries_.empty() ? 0 : entries_.back().place.y + style_->legend.row; }

double Legend::width() const {
  double right = 0;
  for (const auto& entry : entries_)
    right = std::max(right, entry.place.x + entry.width - style_->legend.entry_gap);
  return right;
}

void Legend::Sample::paint(Canvas& canvas, Point middle, const PanelStyle& panel) const {
  const double width = sample_width(style, panel.legend), band_height = 5.0 / 6 * panel.legend.box;
  const Point left{middle.x - width / 2, middle.y}, right{middle.x + width / 2, middle.y};
  switch (style) {
    case Style::line:
    case Style::dashed:
      if (band)
        canvas.fill(std::vector<Rect>{{left.x, middle.y - band_height / 2, width, band_height}},
                    look.color.with_alpha(kBandAlpha));
      return canvas.line(std::vector<Point>{left, right}, look.stroke(panel.line_width));
    case Style::points:
      return paint_dot(canvas, middle, look.color, panel);
    case Style::bars:
      return canvas.fill(std::vector<Rect>{{left.x, middle.y - width / 2, width, width}}, look.color);
  }
}

void Legend::paint(Canvas& canvas, Point corner) const {
  const Font& font = style_->fonts.text;
  const LegendSizes& sizes = style_->legend;
  for (const auto& entry : entries_) {
    const double x = corner.x + entry.place.x, middle = corner.y + entry.place.y + sizes.row / 2;
    for (const auto& sample : entry.samples)
      sample.paint(canvas, {x + entry.sample_width / 2, middle}, *style_);
    canvas.text({x + entry.sample_width + sizes.sample_gap, font.base_line(middle)}, entry.name, font,
                style_->colors.text);
  }
}

namespace {

bool is_line(const Series& series) { return series.style == Style::line || series.style == Style::dashed; }

/// The last visible point of a line; nothing if there is none.
std::optional<Point> end_of(const Series& series, const Frame& frame) {
  for (std::size_t i = std::min(series.x.size(), series.y.size()); i-- > 0;)
    if (const Point p{frame.column(series.x[i]), frame.row(series.y[i])};
        !std::isnan(p.x) && !std::isnan(p.y))
      return p;
  return std::nullopt;
}

/// Moves neighbours apart until each has room for a line of text.
void spread(std::vector<EndLabel>& labels, double line_height) {
  constexpr int kRounds = 30;
  for (int round = 0; round < kRounds; ++round)
    for (std::size_t i = 1; i < labels.size(); ++i)
      if (const double lack = line_height - (labels[i].row - labels[i - 1].row); lack > 0) {
        labels[i - 1].row -= lack / 2;
        labels[i].row += lack / 2;
      }
}

/// The labels at their final places, if there is room near their lines.
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
