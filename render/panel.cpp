#include "render/panel.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "render/marks.h"

namespace rhoam::render {
namespace {

constexpr double kPlotHeight = 340;
constexpr double kGap = 8;            // between an axis and its labels, a line and its name
constexpr double kRightMargin = 16;   // of a plot without names at the ends of its lines
constexpr double kWidestNames = 0.3;  // part of the panel that those may take, and names left of the plot
constexpr double kLeftMargin = 20;    // that tilted labels may use outside of the panel
constexpr double kMinorTick = 4;
constexpr std::size_t kTitleLines = 3;

double lines_height(std::span<const std::string> lines, const Font& font) {
  return static_cast<double>(lines.size()) * font.line_height();
}

template <class Texts, class Text>
double widest(const Texts& texts, Text text, const Font& font) {
  double width = 0;
  for (const auto& each : texts) width = std::max(width, font.width(each.*text));
  return width;
}

}  // namespace

void Heights::include(const Heights& other) {
  for (const auto height : {&Heights::title, &Heights::legend, &Heights::y_name, &Heights::landmarks,
                            &Heights::x_labels, &Heights::x_name})
    this->*height = std::max(this->*height, other.*height);
}

double Heights::total() const {
  return title + legend + y_name + landmarks + kPlotHeight + x_labels + x_name;
}

Panel::Panel(const Chart& chart, std::span<const Look> looks, const Fonts& fonts, double width)
    : chart_(chart),
      looks_(looks),
      fonts_(fonts),
      frame_{.plot = {0, 0, width, kPlotHeight}, .x = x_scale(chart), .y = y_scale(chart)},
      rows_(make_ticks(frame_.y.extent, frame_.y.log, kRowSteps)),
      legend_(chart, looks, fonts.text, width),
      title_(fonts.title.wrapped(chart.title, width, kTitleLines)) {
  measure_columns(width);
  measure_heights();
}

void Panel::measure_columns(double width) {
  const Font& font = fonts_.text;
  frame_.plot.x = widest(rows_.labelled, &Tick::label, font) + kGap;
  frame_.plot.width = width - frame_.plot.x - kRightMargin;
  if (auto labels = end_labels(chart_, looks_, frame_, font); labels && !labels->empty())
    if (const double names = widest(*labels, &EndLabel::name, font) + kGap; names < kWidestNames * width) {
      frame_.plot.width = width - frame_.plot.x - std::max(kRightMargin, names);
      end_labels_ = *std::move(labels);
    }
  measure_x_labels();
  if (x_labels_.tilted) {
    make_room_for_names(width);
    measure_x_labels();
  }
  landmarks_ = Landmarks(chart_, frame_, font);
}

void Panel::measure_x_labels() {
  x_labels_ = make_x_labels(chart_.x, frame_.x, frame_.plot.width, frame_.plot.x + kLeftMargin, fonts_.text);
}

void Panel::make_room_for_names(double width) {
  const double right = frame_.plot.right();
  const double edge = left_edge_for_names(chart_.x.categories, right, kLeftMargin, fonts_.text);
  frame_.plot.x = std::max(frame_.plot.x, std::min(edge, kWidestNames * width));
  frame_.plot.width = right - frame_.plot.x;
}

void Panel::measure_heights() {
  const Font& font = fonts_.text;
  if (!chart_.title.empty()) heights_.title = lines_height(title_, fonts_.title) + kGap / 2;
  if (end_labels_.empty()) heights_.legend = legend_.height() + (chart_.y.label.empty() ? 0 : kGap / 2);
  heights_.y_name = (chart_.y.label.empty() ? 0 : font.line_height()) + 1.5 * kGap;
  heights_.landmarks = landmarks_.height();
  heights_.x_labels = kGap + x_labels_.height;
  heights_.x_name = chart_.x.label.empty() ? 0 : font.line_height() + kGap / 2;
}

void Panel::paint(Canvas& canvas, Point corner, const Heights& heights) const {
  Frame frame = frame_;
  frame.plot.x += corner.x;
  frame.plot.y = corner.y + heights.title + heights.legend + heights.y_name + heights.landmarks;
  paint_above(canvas, corner, heights);
  paint_rows(canvas, frame);
  paint_columns(canvas, frame);
  paint_below(canvas, frame);
  paint_changes(canvas, chart_.changes, frame);
  paint_levels(canvas, chart_.levels, frame);
  landmarks_.paint(canvas, frame);
  paint_marks(canvas, chart_, looks_, frame);
  paint_end_labels(canvas, frame);
}

void Panel::paint_above(Canvas& canvas, Point corner, const Heights& heights) const {
  const Font& font = fonts_.text;
  if (!chart_.title.empty()) canvas.paragraph(corner, title_, fonts_.title, ink::kText);
  corner.y += heights.title;
  if (end_labels_.empty()) legend_.paint(canvas, corner);
  corner.y += heights.legend + font.size();
  canvas.text(corner, font.shortened(chart_.y.label, frame_.plot.right()), font, ink::kQuiet);
}

void Panel::paint_rows(Canvas& canvas, const Frame& frame) const {
  const auto& plot = frame.plot;
  std::vector<Segment> grid, minor;
  for (const auto& tick : rows_.labelled) {
    const double row = frame.row_at(tick.at);
    grid.push_back({{plot.x, row}, {plot.right(), row}});
    canvas.text({plot.x - kGap, fonts_.text.base_line(row)}, tick.label, fonts_.text, ink::kQuiet,
                Align::right);
  }
  for (const double at : rows_.minor) {
    const double row = frame.row_at(at);
    minor.push_back({{plot.x - kMinorTick, row}, {plot.x, row}});
  }
  canvas.segments(grid, {.color = ink::kGrid});
  canvas.segments(minor, {.color = ink::kTick});
}

void Panel::paint_columns(Canvas& canvas, const Frame& frame) const {
  const auto& plot = frame.plot;
  std::vector<Segment> grid, minor;
  if (chart_.x.categories.empty())
    for (const auto& label : x_labels_.labels) {
      const double column = frame.column_at(label.at);
      grid.push_back({{column, plot.y}, {column, plot.bottom()}});
    }
  for (const double at : x_labels_.minor) {
    const double column = frame.column_at(at);
    minor.push_back({{column, plot.bottom()}, {column, plot.bottom() + kMinorTick}});
  }
  canvas.segments(grid, {.color = ink::kGrid});
  canvas.segments(minor, {.color = ink::kTick});
  const Segment axis{{plot.x, frame.foot()}, {plot.right(), frame.foot()}};
  canvas.segments({&axis, 1}, {.color = ink::kAxis});
}

void Panel::paint_below(Canvas& canvas, const Frame& frame) const {
  const Font& font = fonts_.text;
  const double top = frame.plot.bottom() + kGap + font.size();
  for (const auto& label : x_labels_.labels) {
    const double column = frame.column_at(label.at);
    double base = top;
    for (const auto& line : label.lines) {
      if (x_labels_.tilted)
        canvas.text({column + font.size() / 2, base}, line, font, ink::kQuiet, Align::right, -XLabels::kTilt);
      else
        canvas.text({column, base}, line, font, ink::kQuiet, Align::centre);
      base += font.line_height();
    }
  }
  const double middle = frame.plot.x + frame.plot.width / 2;
  canvas.text({middle, top + heights_.x_labels}, font.shortened(chart_.x.label, frame.plot.width), font,
              ink::kQuiet, Align::centre);
}

void Panel::paint_end_labels(Canvas& canvas, const Frame& frame) const {
  for (const auto& label : end_labels_)
    canvas.text({frame.plot.right() + kGap, fonts_.text.base_line(frame.plot.y + label.row)}, label.name,
                fonts_.text, label.color);
}

}  // namespace rhoam::render
