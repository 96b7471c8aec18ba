#include "render/drift_panel.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "render/card_painter.h"
#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kMargin = 8, kGap = 5, kHead = 20;
constexpr double kNarrowest = 150, kWidest = 280;

/// Dials from `first` up to `end`.
struct Shown {
  std::size_t first, end;
};

double height_of(const Overlay::Dial& dial) { return height(row::Dial{&dial}) + kGap; }

/// Grows from the selected dial to both sides while there is room.
Shown around(std::span<const Overlay::Dial> dials, std::size_t selected, double room) {
  Shown shown{selected, selected + 1};
  room -= height_of(dials[selected]);
  bool has_grown = true;
  const auto take = [&](std::size_t dial) {
    if (dial >= dials.size() || height_of(dials[dial]) > room) return false;
    room -= height_of(dials[dial]);
    shown = {std::min(shown.first, dial), std::max(shown.end, dial + 1)};
    return true;
  };
  while (std::exchange(has_grown, false)) {
    if (shown.first > 0) has_grown = take(shown.first - 1);
    has_grown = take(shown.end) || has_grown;
  }
  return shown;
}

std::size_t selected_in(const DriftPanel& panel) { return std::min(panel.selected, panel.dials.size() - 1); }

void paint_selection(Canvas& canvas, const Rect& row, const Theme& theme) {
  const Rect ground{row.x - 5, row.y - 1, row.width + 10, row.height};
  const Rect mark{ground.x, ground.y, 3, ground.height};
  canvas.fill_rounded(ground, 3, theme.accent.with_alpha(0.16));
  canvas.fill({&mark, 1}, theme.accent);
}

/// "World", and which of how many is selected.
void paint_head(Canvas& canvas, Rect& rest, const DriftPanel& panel, const Theme& theme) {
  const auto& letters = lettering();
  const double base_line = letters.bold.base_line(rest.y + kHead / 2);
  canvas.text({rest.x, base_line}, "World", letters.bold, theme.text);
  if (!panel.dials.empty())
    canvas.text({rest.right(), base_line}, fmt::format("{} / {}", selected_in(panel) + 1, panel.dials.size()),
                letters.small, theme.quiet, Align::right);
  rest.y += kHead;
  rest.height -= kHead;
}

void paint_dials(Canvas& canvas, Rect& rest, const DriftPanel& panel, const Theme& theme) {
  if (panel.dials.empty()) return;
  const std::size_t selected = selected_in(panel);
  const auto [first, end] = around(panel.dials, selected, rest.height);
  for (std::size_t i = first; i < end; ++i) {
    const Row row = row::Dial{&panel.dials[i]};
    if (i == selected) paint_selection(canvas, {rest.x, rest.y, rest.width, height(row)}, theme);
    paint_row(canvas, rest, row, theme);
    rest.y += height(row) + kGap;
  }
}

/// As the longest dial wants it, but held within bounds and the room.
double width_in(const Rect& room, const DriftPanel& panel) {
  double widest = kNarrowest;
  for (const auto& dial : panel.dials) widest = std::max(widest, full_width(dial) + 2 * kCardPadding);
  return std::clamp(room.width - 2 * kMargin, 0.0, std::min(widest, kWidest));
}

/// The height of everything, were there room for it.
double natural_height(const DriftPanel& panel, std::size_t foot_lines) {
  double sum = 2 * kCardPadding + kHead + static_cast<double>(foot_lines) * lettering().small.line_height();
  for (const auto& dial : panel.dials) sum += height_of(dial);
  return sum;
}

void paint_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme) {
  const Font& small = lettering().small;
  const double width = width_in(room, panel);
  const auto foot = small.wrapped(panel.keys, width - 2 * kCardPadding, 2);
  const double height = std::min(natural_height(panel, foot.size()), room.height - 2 * kMargin);
  const Rect card{room.right() - kMargin - width, room.y + kMargin, width, std::max(0.0, height)};
  const double foot_height = static_cast<double>(foot.size()) * small.line_height();
  Rect rest{card.x + kCardPadding, card.y + kCardPadding, card.width - 2 * kCardPadding,
            card.height - 2 * kCardPadding - foot_height};
  canvas.fill_rounded(card, std::min(6.0, card.height / 2), theme.card.with_alpha(1));
  canvas.clip(card);
  canvas.paragraph({rest.x, rest.bottom()}, foot, small, theme.quiet);
  paint_head(canvas, rest, panel, theme);
  paint_dials(canvas, rest, panel, theme);
  canvas.unclip();
}

}  // namespace

void paint_drift_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme) {
  constexpr double kUsualWidth = 800;  // as cards that lie over a scene grow with it
  const double zoom = std::clamp(room.width / kUsualWidth, 1.0, 4.0);
  canvas.begin_zoom(zoom);
  paint_panel(canvas, {room.x / zoom, room.y / zoom, room.width / zoom, room.height / zoom}, panel, theme);
  canvas.end_zoom();
}

}  // namespace rhoam::render
