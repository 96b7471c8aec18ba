#include "rhoam/render/chart/chart_panel.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "rhoam/render/chart/series_painter.h"

namespace rhoam::render {
namespace {

double lines_height(std::span<const std::string> lines, const Font& font) {
  return static_cast<double>(lines.size()) * font.line_height();
}

}  // namespace

PanelHead::PanelHead(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, double width)
    : chart_(chart),
      style_(style),
      width_(width),
      title_(style.fonts.title.wrapped(chart.title, width, style.title_lines)),
      legend_(Legend(chart, looks, style, width)) {}

double PanelHead::words_width() const {
  const auto& [headline, title, text] = style_.fonts;
  return title.width(title_.front()) + style_.gap + text.width(chart_.y.label);
}

bool PanelHead::legend_is_beside() const {
  return legend_ && legend_->height() <= style_.legend.row &&
         words_width() + style_.legend.entry_gap + legend_->width() <= width_;
}

void PanelHead::measure(Heights& heights) const {
  const auto& [headline, title, text] = style_.fonts;
  const bool named = !chart_.y.label.empty();
  if (style_.one_head_line) {
    heights.title = std::max(title.line_height(), style_.legend.row);
    heights.legend = legend_ && !legend_is_beside() ? legend_->height() : 0;
    heights.y_name = style_.gap;
    return;
  }
  if (!chart_.title.empty()) heights.title = lines_height(title_, title) + style_.gap / 2;
  if (legend_) heights.legend = legend_->height() + (named ? style_.gap / 2 : 0);
  heights.y_name = (named ? text.line_height() : 0) + 1.5 * style_.gap;
}

void PanelHead::paint(Canvas& canvas, Point corner, const Heights& heights, double right) const {
  if (style_.one_head_line) return paint_line(canvas, corner, heights);
  const auto& [headline, title, text] = style_.fonts;
  if (!chart_.title.empty()) canvas.paragraph(corner, title_, title, style_.colors.text);
  corner.y += heights.title;
  if (legend_) legend_->paint(canvas, corner);
  corner.y += heights.legend + text.size();
  canvas.text(corner, text.shortened(chart_.y.label, right), text, style_.colors.quiet);
}

void PanelHead::paint_line(Canvas& canvas, Point corner, const Heights& heights) const {
  const auto& [headline, title, text] = style_.fonts;
  const double base = title.base_line(corner.y + heights.title / 2);
  const double after_title = title.width(title_.front()) + style_.gap;
  canvas.text({corner.x, base}, title_.front(), title, style_.colors.text);
  canvas.text({corner.x + after_title, base}, text.shortened(chart_.y.label, width_ - after_title), text,
              style_.colors.quiet);
  if (!legend_) return;
  if (legend_is_beside())
    legend_->paint(canvas,
                   {corner.x + width_ - legend_->width(), base - text.base_line(style_.legend.row / 2)});
  else
    legend_->paint(canvas, {corner.x, corner.y + heights.title});
}

namespace {

constexpr double kWidestNames = 0.3;  // fraction of the panel for names of lines or left of the plot
constexpr double kLeftMargin = 20;    // that tilted labels may use outside the panel

template <class Texts, class Text>
double widest(const Texts& texts, Text text, const Font& font) {
  double width = 0;
  for (const auto& each : texts) width = std::max(width, font.width(each.*text));
  return width;
}

/// The message of a chart without values; empty if it has some.
std::string message_of(const Chart& chart, const Frame& frame) {
  const auto has_values = [&](const Series& series) {
    return std::ranges::any_of(series.y, [&](double y) { return !std::isnan(frame.row(y)); });
  };
  return std::ranges::any_of(chart.series, has_values) ? "" : chart.message;
}

}  // namespace

void Heights::include(const Heights& other) {
  for (const auto height : {&Heights::title, &Heights::legend, &Heights::y_name, &Heights::landmarks,
                            &Heights::plot, &Heights::x_labels, &Heights::x_name})
    this->*height = std::max(this->*height, other.*height);
}

Panel::Panel(const Chart& chart, std::span<const Look> looks, const PanelStyle& style,
             const PanelPlace& place)
    : chart_(chart),
      looks_(looks),
      style_(style),
      names_x_(place.names_x),
      frame_{.plot = {0, 0, place.width, style.plot_height},
             .x = place.x.value_or(x_scale(chart)),
             .y = y_scale(chart, style.row_steps)},
      rows_(make_ticks(frame_.y.extent, frame_.y.log, style.row_steps)),
      head_(chart, looks, style, place.width) {
  message_ = message_of(chart, frame_);
  if (is_message()) {
    rows_ = {};
    head_.leave_out_legend();
  }
  measure_columns(place.width);
  measure_heights();
}

void Panel::measure_columns(double width) {
  const Font& font = style_.fonts.text;
  const double gap = style_.gap, margin = style_.right_margin;
  frame_.plot.x = widest(rows_.labelled, &Tick::label, font) + gap;
  frame_.plot.width = width - frame_.plot.x - margin;
  if (style_.names_at_ends)
    if (auto labels = end_labels(chart_, looks_, frame_, style_); labels && !labels->empty())
      if (const double names = widest(*labels, &EndLabel::name, font) + gap; names < kWidestNames * width) {
        frame_.plot.width = width - frame_.plot.x - std::max(margin, names);
        end_labels_ = *std::move(labels);
        head_.leave_out_legend();
      }
  measure_x_labels();
  if (x_labels_.tilted) {
    make_room_for_names(width);
    measure_x_labels();
  }
  landmarks_ = Landmarks(chart_, frame_, font);
}

void Panel::measure_x_labels() {
  x_labels_ = make_x_labels(chart_.x, frame_.x, frame_.plot.width, frame_.plot.x + kLeftMargin,
                            style_.fonts.text, style_.column_steps);
}

void Panel::make_room_for_names(double width) {
  const double right = frame_.plot.right();
  const double edge = left_edge_for_names(chart_.x.categories, right, kLeftMargin, style_.fonts.text);
  align(std::max(frame_.plot.x, std::min(edge, kWidestNames * width)));
}

void Panel::align(double left) {
  frame_.plot.width = frame_.plot.right() - left;
  frame_.plot.x = left;
  measure_x_labels();
  landmarks_ = Landmarks(chart_, frame_, style_.fonts.text);
}

void Panel::measure_heights() {
  head_.measure(heights_);
  heights_.landmarks = landmarks_.height();
  heights_.plot = style_.plot_height;
  if (!names_x_) return;
  heights_.x_labels = style_.gap + x_labels_.height;
  heights_.x_name = chart_.x.label.empty() ? 0 : style_.fonts.text.line_height() + style_.gap / 2;
}

void Panel::paint(Canvas& canvas, Point corner, const Heights& heights) const {
  Frame frame = frame_;
  frame.plot.x += corner.x;
  frame.plot.y = corner.y + heights.above();
  frame.plot.height = heights.plot;
  head_.paint(canvas, corner, heights, frame_.plot.right());
  paint_rows(canvas, frame);
  paint_columns(canvas, frame);
  if (names_x_) paint_below(canvas, frame);
  if (is_message()) return paint_message(canvas, frame);
  paint_changes(canvas, chart_.changes, frame, style_);
  paint_levels(canvas, chart_.levels, frame, style_.colors);
  landmarks_.paint(canvas, frame, style_.colors);
  paint_marks(canvas, chart_, looks_, frame, style_);
  paint_end_labels(canvas, frame);
}

void Panel::paint_message(Canvas& canvas, const Frame& frame) const {
  constexpr double kPart = 0.9;
  constexpr std::size_t kLines = 3;
  const Font& font = style_.fonts.text;
  const auto lines = font.wrapped(message_, kPart * frame.plot.width, kLines);
  const double height = static_cast<double>(lines.size()) * font.line_height();
  double middle = frame.plot.y + (frame.plot.height - height + font.line_height()) / 2;
  for (const auto& line : lines) {
    canvas.text({frame.plot.x + frame.plot.width / 2, font.base_line(middle)}, line, font,
                style_.colors.quiet, Align::centre);
    middle += font.line_height();
  }
}

void Panel::paint_rows(Canvas& canvas, const Frame& frame) const {
  const auto& plot = frame.plot;
  const Font& font = style_.fonts.text;
  std::vector<Segment> grid, minor;
  for (const auto& tick : rows_.labelled) {
    const double row = frame.row_at(tick.at);
    grid.push_back({{plot.x, row}, {plot.right(), row}});
    canvas.text({plot.x - style_.gap, font.base_line(row)}, tick.label, font, style_.colors.quiet,
                Align::right);
  }
  for (const double at : rows_.minor) {
    const double row = frame.row_at(at);
    minor.push_back({{plot.x - style_.minor_tick, row}, {plot.x, row}});
  }
  canvas.segments(grid, {.color = style_.colors.grid});
  canvas.segments(minor, {.color = style_.colors.tick});
}

void Panel::paint_columns(Canvas& canvas, const Frame& frame) const {
  const auto& plot = frame.plot;
  std::vector<Segment> grid, minor;
  if (style_.column_grid && chart_.x.categories.empty())
    for (const auto& label : x_labels_.labels) {
      const double column = frame.column_at(label.at);
      grid.push_back({{column, plot.y}, {column, plot.bottom()}});
    }
  for (const double at : x_labels_.minor) {
    const double column = frame.column_at(at);
    minor.push_back({{column, plot.bottom()}, {column, plot.bottom() + style_.minor_tick}});
  }
  canvas.segments(grid, {.color = style_.colors.grid});
  canvas.segments(minor, {.color = style_.colors.tick});
  const Segment axis{{plot.x, frame.foot()}, {plot.right(), frame.foot()}};
  canvas.segments({&axis, 1}, {.color = style_.colors.axis});
}

void Panel::paint_below(Canvas& canvas, const Frame& frame) const {
  const Font& font = style_.fonts.text;
  const double top = frame.plot.bottom() + style_.gap + font.size();
  for (const auto& label : x_labels_.labels) {
    const double column = frame.column_at(label.at);
    double base = top;
    for (const auto& line : label.lines) {
      if (x_labels_.tilted)
        canvas.text({column + font.size() / 2, base}, line, font, style_.colors.quiet, Align::right,
                    -XLabels::kTilt);
      else
        canvas.text({column, base}, line, font, style_.colors.quiet, Align::centre);
      base += font.line_height();
    }
  }
  const double middle = frame.plot.x + frame.plot.width / 2;
  canvas.text({middle, top + heights_.x_labels}, font.shortened(chart_.x.label, frame.plot.width), font,
              style_.colors.quiet, Align::centre);
}

void Panel::paint_end_labels(Canvas& canvas, const Frame& frame) const {
  for (const auto& label : end_labels_)
    canvas.text({frame.plot.right() + style_.gap, style_.fonts.text.base_line(frame.plot.y + label.row)},
                label.name, style_.fonts.text, label.color);
}

}  // namespace rhoam::render
