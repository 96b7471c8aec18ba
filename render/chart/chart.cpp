#include "rhoam/render/chart/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "rhoam/render/canvas/svg.h"
#include "rhoam/render/chart/chart_panel.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {
namespace {

constexpr double kMargin = 24, kGap = 36;
constexpr std::size_t kMostColumns = 4, kHeadlineLines = 3;

/// Charts in rows of equal columns.
struct Grid {
  std::size_t columns, rows;
  double column_width;

  double width() const { return static_cast<double>(columns) * (column_width + kGap) - kGap + 2 * kMargin; }
};

Grid grid_for(std::size_t charts) {
  const std::size_t rows = std::max<std::size_t>(1, (charts + kMostColumns - 1) / kMostColumns);
  const std::size_t columns = std::max<std::size_t>(1, (charts + rows - 1) / rows);
  return {columns, rows, columns == 1 ? 720.0 : columns == 2 ? 540.0 : 440.0};
}

/// A row of panels with level plots.
struct Row {
  std::vector<Panel> panels = {};
  Heights heights = {};
};

std::vector<Row> make_rows(std::span<const Chart> charts, const Grid& grid, const PanelStyle& style,
                           const std::vector<std::vector<Look>>& looks) {
  std::vector<Row> rows(grid.rows);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    Row& row = rows[i / grid.columns];
    row.panels.emplace_back(charts[i], looks[i], style, PanelPlace{.width = grid.column_width});
    row.heights.include(row.panels.back().heights());
  }
  return rows;
}

}  // namespace

void check_lengths(const Chart& chart) {
  for (const auto& series : chart.series)
    for (const auto* values : {&series.y, &series.low, &series.high})
      if (!values->empty() && values->size() != series.x.size())
        throw std::invalid_argument(
            fmt::format("series '{}' of chart '{}': {} values over {} places; give one for each", series.name,
                        chart.title, values->size(), series.x.size()));
}

std::string to_svg(const std::string& headline, std::span<const Chart> charts) {
  std::ranges::for_each(charts, check_lengths);
  const PanelStyle style;
  const Font& font = style.fonts.headline;
  const auto looks = choose_looks(charts);
  const Grid grid = grid_for(charts.size());
  const auto rows = make_rows(charts, grid, style, looks);
  const auto lines = font.wrapped(headline, grid.width() - 2 * kMargin, kHeadlineLines);
  const double top =
      kMargin + (headline.empty() ? 0 : static_cast<double>(lines.size()) * font.line_height() + kGap / 3);
  double height = top + kMargin - kGap;
  for (const auto& row : rows) height += row.heights.total() + kGap;

  SvgCanvas canvas(grid.width(), height);
  if (!headline.empty()) canvas.paragraph({kMargin, kMargin}, lines, font, style.colors.text);
  Point corner{kMargin, top};
  for (const auto& row : rows) {
    for (const auto& panel : row.panels) {
      panel.paint(canvas, corner, row.heights);
      corner.x += grid.column_width + kGap;
    }
    corner = {kMargin, corner.y + row.heights.total() + kGap};
  }
  return canvas.finish();
}

}  // namespace rhoam::render
