#include "rhoam/render/chart/column.h"

#include <algorithm>
#include <vector>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/chart/chart_panel.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {
namespace {

constexpr double kColumnMargin = 12, kBetween = 10, kLowestPlot = 24, kNarrowest = 120;

PanelStyle style_of(const ChartColors& colors) {
  return {.fonts = {.headline = Font(12, Font::Weight::bold),
                    .title = Font(12, Font::Weight::bold),
                    .text = Font(11)},
          .colors = colors,
          .legend = {.line = 12, .box = 9, .sample_gap = 5, .entry_gap = 12, .row = 16},
          .plot_height = kLowestPlot,
          .gap = 6,
          .right_margin = 6,
          .minor_tick = 0,
          .line_width = 1.25,
          .dot = 4.5,
          .row_steps = 3,
          .column_steps = 4,
          .title_lines = 1,
          .change_dashes = {},
          .names_at_ends = false,
          .one_head_line = true,
          .column_grid = false};
}

bool share_x(const Chart& a, const Chart& b) {
  return a.x.label == b.x.label && a.x.log == b.x.log && a.x.categories == b.x.categories;
}

/// The scale that spans all neighbours with the same x axis as a chart.
Scale shared_scale(std::span<const Chart> charts, std::size_t i) {
  Scale scale = x_scale(charts[i]);
  for (std::size_t j = i; j-- > 0 && share_x(charts[i], charts[j]);)
    scale.extent.include(x_scale(charts[j]).extent);
  for (std::size_t j = i; ++j < charts.size() && share_x(charts[i], charts[j]);)
    scale.extent.include(x_scale(charts[j]).extent);
  return scale;
}

/// Most charts that could fit.
std::size_t most_charts(double width, double height) {
  if (width < kNarrowest || height < kLowestPlot) return 0;
  return static_cast<std::size_t>(height / (kLowestPlot + kBetween)) + 1;
}

/// Panels below each other with aligned plots.
class Column {
 public:
  Column(std::span<const Chart> charts, std::span<const std::vector<Look>> looks, const PanelStyle& style,
         double width) {
    double left = 0;
    for (std::size_t i = 0; i < charts.size(); ++i) {
      const bool ends = i + 1 == charts.size() || !share_x(charts[i], charts[i + 1]);
      panels_.emplace_back(charts[i], looks[i], style,
                           PanelPlace{.width = width, .x = shared_scale(charts, i), .names_x = ends});
      left = std::max(left, panels_.back().left());
    }
    for (auto& panel : panels_) panel.align(left);
  }

  /// The height that is left for each plot.
  double plot_height(double height) const {
    const auto count = static_cast<double>(panels_.size());
    height -= (count - 1) * kBetween;
    for (const auto& panel : panels_) height -= panel.heights().total() - panel.heights().plot;
    return height / count;
  }

  void paint(Canvas& canvas, Point corner, double plot_height) const {
    for (const auto& panel : panels_) {
      Heights heights = panel.heights();
      heights.plot = plot_height;
      panel.paint(canvas, corner, heights);
      corner.y += heights.total() + kBetween;
    }
  }

 private:
  std::vector<Panel> panels_;
};

}  // namespace

void paint_charts(Image& image, double scale, std::span<const Chart> charts, const ChartColors& colors) {
  std::ranges::for_each(charts, check_lengths);
  const PanelStyle style = style_of(colors);
  const auto looks = choose_looks(charts, style.colors);
  const double width = image.width() / scale - 2 * kColumnMargin,
               height = image.height() / scale - 2 * kColumnMargin;
  ImageCanvas canvas(image, scale, ImageCanvas::Subject::chart);
  canvas.clear(colors.paper);
  for (std::size_t count = std::min(charts.size(), most_charts(width, height)); count > 0; --count) {
    const Column column(charts.first(count), looks, style, width);
    if (const double plot = column.plot_height(height); plot >= kLowestPlot) {
      column.paint(canvas, {kColumnMargin, kColumnMargin}, plot);
      break;
    }
  }
  canvas.finish();
}

}  // namespace rhoam::render
