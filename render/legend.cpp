#include "render/legend.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "render/marks.h"

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
  const bool one_row = all - sizes.entry_gap <= width;  // more rows stand in columns
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

}  // namespace rhoam::render
