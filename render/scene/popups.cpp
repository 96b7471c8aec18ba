#include "rhoam/render/scene/popups.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "rhoam/render/scene/hud_painter.h"

namespace rhoam::render {
namespace {

constexpr double kPadding = 10;

Color tone_of(Overlay::Tone tone, const Theme& theme) {
  switch (tone) {
    case Overlay::Tone::good:
      return theme.good;
    case Overlay::Tone::bad:
      return theme.bad;
    case Overlay::Tone::neutral:
      break;
  }
  return theme.quiet;
}

/// More opaque than a card, as it is read at a glance.
Color ground(const Theme& theme) { return theme.card.with_alpha(std::max(theme.card.alpha, 0.9)); }

void centred(Canvas& canvas, const Rect& room, const std::string& text, const Font& font, Color color) {
  canvas.text({room.x + room.width / 2, font.base_line(room.y + room.height / 2)}, text, font, color,
              Align::centre);
}

/// A box around a text, in the middle of a room's width.
Rect box_around(const Rect& room, double top, const std::string& text, const Font& font, double height) {
  const double width = std::min(font.width(text) + 2 * kPadding + 4, room.width);
  return {room.x + (room.width - width) / 2, top, width, height};
}

}  // namespace

void paint_caption(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme) {
  const Font& font = lettering().headline;
  canvas.fill({&band, 1}, ground(theme));
  centred(canvas, band, font.shortened(text, band.width - 2 * kPadding), font, theme.text);
}

void paint_status(Canvas& canvas, const Rect& band, const std::string& text, const Theme& theme) {
  const Font& font = lettering().plain;
  canvas.fill({&band, 1}, theme.card);
  canvas.text({band.x + kPadding, font.base_line(band.y + band.height / 2)},
              font.shortened(text, band.width - 2 * kPadding), font, theme.quiet);
}

void paint_notice(Canvas& canvas, const Rect& room, const std::string& text, const Theme& theme) {
  constexpr double kHeight = 26, kAbove = 12;
  const Font& font = lettering().plain;
  const std::string line = font.shortened(text, room.width - 2 * kPadding);
  const Rect box = box_around(room, room.bottom() - kAbove - kHeight, line, font, kHeight);
  canvas.fill_rounded(box, kHeight / 2, ground(theme));
  centred(canvas, box, line, font, theme.text);
}

void paint_banner(Canvas& canvas, const Rect& room, const std::string& text, Overlay::Tone tone,
                  const Theme& theme) {
  constexpr double kLineHeight = 3, kSmall = 260;
  const bool is_small = room.width < kSmall && room.height < kSmall;
  const Font& font = is_small ? lettering().bold : lettering().headline;
  const double height = is_small ? 22 : 34;
  const std::string line = font.shortened(text, room.width - 2 * kPadding - 4);
  const Rect box = box_around(room, room.y + 0.18 * room.height - height / 2, line, font, height);
  canvas.fill_rounded(box, 5, ground(theme));
  centred(canvas, box, line, font, theme.text);
  const Rect under{box.x + 5, box.bottom() - kLineHeight, box.width - 10, kLineHeight};
  canvas.fill({&under, 1}, tone_of(tone, theme));
}

namespace {

constexpr double kCardMargin = 8, kCardGap = 5, kHead = 20;
constexpr double kNarrowestCard = 150, kWidestCard = 280;

/// Dials from `first` up to `end`.
struct Shown {
  std::size_t first, end;
};

double height_of(const Overlay::Dial& dial) { return height(row::Dial{&dial}) + kCardGap; }

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

/// Paints "World" and which of how many parameters is selected.
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
    rest.y += height(row) + kCardGap;
  }
}

/// The width that the widest dial needs, clamped to bounds and the room.
double width_in(const Rect& room, const DriftPanel& panel) {
  double widest = kNarrowestCard;
  for (const auto& dial : panel.dials) widest = std::max(widest, full_width(dial) + 2 * kCardPadding);
  return std::clamp(room.width - 2 * kCardMargin, 0.0, std::min(widest, kWidestCard));
}

/// The height of everything if there were room for it.
double natural_height(const DriftPanel& panel, std::size_t foot_lines) {
  double sum = 2 * kCardPadding + kHead + static_cast<double>(foot_lines) * lettering().small.line_height();
  for (const auto& dial : panel.dials) sum += height_of(dial);
  return sum;
}

void paint_panel(Canvas& canvas, const Rect& room, const DriftPanel& panel, const Theme& theme) {
  const Font& small = lettering().small;
  const double width = width_in(room, panel);
  const auto foot = small.wrapped(panel.keys, width - 2 * kCardPadding, 2);
  const double height = std::min(natural_height(panel, foot.size()), room.height - 2 * kCardMargin);
  const Rect card{room.right() - kCardMargin - width, room.y + kCardMargin, width, std::max(0.0, height)};
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
  constexpr double kUsualWidth = 800;  // grows with the scene, as cards over it do
  const double zoom = std::clamp(room.width / kUsualWidth, 1.0, 4.0);
  canvas.begin_zoom(zoom);
  paint_panel(canvas, {room.x / zoom, room.y / zoom, room.width / zoom, room.height / zoom}, panel, theme);
  canvas.end_zoom();
}

namespace {

constexpr double kLine = 18, kHelpHead = 30, kHelpPadding = 18, kHelpGap = 12, kBetween = 30;
constexpr std::size_t kMostInOneHalf = 10;

/// Widths that one half needs.
struct Half {
  double keys = 0, does = 0;
  double width() const { return keys + kHelpGap + does; }
};

struct Table {
  std::vector<Half> halves;
  std::size_t lines;  ///< of a half

  double width() const {
    double sum = 2 * kHelpPadding - kBetween;
    for (const auto& half : halves) sum += half.width() + kBetween;
    return sum;
  }
  double height() const { return kHelpHead + static_cast<double>(lines) * kLine + 2 * kHelpPadding; }
};

Table measure(std::span<const KeyHelp> help) {
  constexpr double kWidestKeys = 90, kWidestDoes = 320;
  const std::size_t halves = help.size() > kMostInOneHalf ? 2 : 1;
  Table table{.halves = std::vector<Half>(halves), .lines = (help.size() + halves - 1) / halves};
  for (std::size_t i = 0; i < help.size(); ++i) {
    Half& half = table.halves[i / table.lines];
    half.keys = std::max(half.keys, std::min(kWidestKeys, lettering().bold.width(help[i].keys)));
    half.does = std::max(half.does, std::min(kWidestDoes, lettering().plain.width(help[i].does)));
  }
  return table;
}

/// Paints lines below each other, from their upper left corner.
void paint_half(Canvas& canvas, Point corner, const Half& half, std::span<const KeyHelp> help,
                const Theme& theme) {
  const auto& letters = lettering();
  const double keys_end = corner.x + half.keys;
  double middle = corner.y + kLine / 2;
  for (const auto& [keys, does] : help) {
    canvas.text({keys_end, letters.bold.base_line(middle)}, letters.bold.shortened(keys, half.keys),
                letters.bold, theme.accent, Align::right);
    canvas.text({keys_end + kHelpGap, letters.plain.base_line(middle)},
                letters.plain.shortened(does, half.does), letters.plain, theme.text);
    middle += kLine;
  }
}

void paint_table(Canvas& canvas, const Rect& card, const Table& table, std::span<const KeyHelp> help,
                 const Theme& theme) {
  const Font& headline = lettering().headline;
  Point corner{card.x + kHelpPadding, card.y + kHelpPadding};
  canvas.text({corner.x, corner.y + headline.size()}, "Keys", headline, theme.text);
  corner.y += kHelpHead;
  for (const auto& half : table.halves) {
    const auto lines = help.first(std::min(help.size(), table.lines));
    paint_half(canvas, corner, half, lines, theme);
    help = help.subspan(lines.size());
    corner.x += half.width() + kBetween;
  }
}

}  // namespace

void paint_help(Canvas& canvas, const Rect& room, std::span<const KeyHelp> help, const Theme& theme) {
  const Table table = measure(help);
  const double factor = std::min({1.0, room.width / table.width(), room.height / table.height()});
  const Point centre{(room.x + room.width / 2) / factor, (room.y + room.height / 2) / factor};
  const Rect card{centre.x - table.width() / 2, centre.y - table.height() / 2, table.width(), table.height()};
  canvas.fill({&room, 1}, theme.paper.with_alpha(0.6));
  canvas.begin_zoom(factor);
  canvas.fill_rounded(card, 8, theme.card.with_alpha(0.96));
  paint_table(canvas, card, table, help, theme);
  canvas.end_zoom();
}

}  // namespace rhoam::render
