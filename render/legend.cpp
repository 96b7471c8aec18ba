#include "render/legend.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "render/marks.h"

namespace rhoam::render {
namespace {

constexpr double kLine = 24, kBox = 12, kSampleGap = 7, kEntryGap = 20, kRow = 20;

double sample_width(Style style) { return style == Style::line || style == Style::dashed ? kLine : kBox; }

}  // namespace

Legend::Legend(const Chart& chart, std::span<const Look> looks, const Font& font, double width)
    : font_(&font) {
  std::map<std::string_view, std::size_t> places;
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const auto& series = chart.series[i];
    if (series.name.empty()) continue;
    const auto [place, is_new] = places.try_emplace(series.name, entries_.size());
    if (is_new) entries_.push_back({.name = series.name, .samples = {}});
    Entry& entry = entries_[place->second];
    entry.samples.push_back({series.style, has_interval(series), looks[i]});
    entry.sample_width = std::max(entry.sample_width, sample_width(series.style));
  }
  arrange(width);
}

void Legend::arrange(double width) {
  double all = 0, longest = 0;
  for (auto& entry : entries_) {
    entry.name = font_->shortened(entry.name, width - entry.sample_width - kSampleGap);
    entry.width = entry.sample_width + kSampleGap + font_->width(entry.name) + kEntryGap;
    all += entry.width;
    longest = std::max(longest, entry.width);
  }
  const bool one_row = all - kEntryGap <= width;  // more rows stand in columns
  Point next;
  for (auto& entry : entries_) {
    if (next.x > 0 && next.x + entry.width - kEntryGap > width) next = {0, next.y + kRow};
    entry.place = next;
    next.x += one_row ? entry.width : longest;
  }
}

double Legend::height() const { return entries_.empty() ? 0 : entries_.back().place.y + kRow; }

void Legend::Sample::paint(Canvas& canvas, Point middle) const {
  const double width = sample_width(style);
  const Point left{middle.x - width / 2, middle.y}, right{middle.x + width / 2, middle.y};
  switch (style) {
    case Style::line:
    case Style::dashed:
      if (band)
        canvas.fill(std::vector<Rect>{{left.x, middle.y - 5, width, 10}}, look.color.with_alpha(kBandAlpha));
      return canvas.line(std::vector<Point>{left, right}, look.stroke());
    case Style::points:
      return paint_dot(canvas, middle, look.color);
    case Style::bars:
      return canvas.fill(std::vector<Rect>{{left.x, middle.y - width / 2, width, width}}, look.color);
  }
}

void Legend::paint(Canvas& canvas, Point corner) const {
  for (const auto& entry : entries_) {
    const double x = corner.x + entry.place.x, middle = corner.y + entry.place.y + kRow / 2;
    for (const auto& sample : entry.samples) sample.paint(canvas, {x + entry.sample_width / 2, middle});
    canvas.text({x + entry.sample_width + kSampleGap, font_->base_line(middle)}, entry.name, *font_,
                ink::kText);
  }
}

}  // namespace rhoam::render
