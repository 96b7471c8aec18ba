#include "render/panel_head.h"

#include <algorithm>

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

}  // namespace rhoam::render
