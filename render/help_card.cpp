#include "render/help_card.h"

#include <algorithm>
#include <vector>

#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kLine = 18, kHead = 30, kPadding = 18, kGap = 12, kBetween = 30;
constexpr std::size_t kMostInOneHalf = 10;

/// What one half needs in length.
struct Half {
  double keys = 0, does = 0;
  double width() const { return keys + kGap + does; }
};

struct Table {
  std::vector<Half> halves;
  std::size_t lines;  ///< of a half

  double width() const {
    double sum = 2 * kPadding - kBetween;
    for (const auto& half : halves) sum += half.width() + kBetween;
    return sum;
  }
  double height() const { return kHead + static_cast<double>(lines) * kLine + 2 * kPadding; }
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

/// Lines below each other, from their upper left corner.
void paint_half(Canvas& canvas, Point corner, const Half& half, std::span<const KeyHelp> help,
                const Theme& theme) {
  const auto& letters = lettering();
  const double keys_end = corner.x + half.keys;
  double middle = corner.y + kLine / 2;
  for (const auto& [keys, does] : help) {
    canvas.text({keys_end, letters.bold.base_line(middle)}, letters.bold.shortened(keys, half.keys),
                letters.bold, theme.accent, Align::right);
    canvas.text({keys_end + kGap, letters.plain.base_line(middle)}, letters.plain.shortened(does, half.does),
                letters.plain, theme.text);
    middle += kLine;
  }
}

void paint_table(Canvas& canvas, const Rect& card, const Table& table, std::span<const KeyHelp> help,
                 const Theme& theme) {
  const Font& headline = lettering().headline;
  Point corner{card.x + kPadding, card.y + kPadding};
  canvas.text({corner.x, corner.y + headline.size()}, "Keys", headline, theme.text);
  corner.y += kHead;
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
