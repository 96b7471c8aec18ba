#include "render/help_card.h"

#include <algorithm>
#include <cmath>

#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kLine = 18, kHead = 30, kPadding = 18, kGap = 12, kBetween = 30;
constexpr std::size_t kMostInOneHalf = 10;

/// What the lines need in length.
struct Table {
  std::size_t halves, lines;
  double keys, does;

  double half_width() const { return keys + kGap + does; }
  double width() const {
    return static_cast<double>(halves) * (half_width() + kBetween) - kBetween + 2 * kPadding;
  }
  double height() const { return kHead + static_cast<double>(lines) * kLine + 2 * kPadding; }
};

Table measure(std::span<const KeyHelp> help) {
  constexpr double kWidestKeys = 90, kWidestDoes = 250;
  Table table{.halves = help.size() > kMostInOneHalf ? 2u : 1u, .lines = 0, .keys = 0, .does = 0};
  table.lines = (help.size() + table.halves - 1) / table.halves;
  for (const auto& [keys, does] : help) {
    table.keys = std::max(table.keys, std::min(kWidestKeys, lettering().bold.width(keys)));
    table.does = std::max(table.does, std::min(kWidestDoes, lettering().plain.width(does)));
  }
  return table;
}

void paint_table(Canvas& canvas, const Rect& card, const Table& table, std::span<const KeyHelp> help,
                 const Theme& theme) {
  const auto& letters = lettering();
  canvas.text({card.x + kPadding, card.y + kPadding + letters.headline.size()}, "Keys", letters.headline,
              theme.text);
  for (std::size_t i = 0; i < help.size(); ++i) {
    const double left =
        card.x + kPadding + static_cast<double>(i / table.lines) * (table.half_width() + kBetween);
    const double middle = card.y + kPadding + kHead + (static_cast<double>(i % table.lines) + 0.5) * kLine;
    canvas.text({left + table.keys, letters.bold.base_line(middle)},
                letters.bold.shortened(help[i].keys, table.keys), letters.bold, theme.accent, Align::right);
    canvas.text({left + table.keys + kGap, letters.plain.base_line(middle)},
                letters.plain.shortened(help[i].does, table.does), letters.plain, theme.text);
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
