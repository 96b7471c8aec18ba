#include "render/strip.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/text.h"
#include "render/card_painter.h"
#include "render/figures.h"
#include "render/lettering.h"

namespace rhoam::render {
namespace {

constexpr double kGap = 10;
constexpr double kLeastForSteps = 220;

/// Writes at the right end and takes that much of the room, whatever the text.
void take_right(Canvas& canvas, Rect& room, const std::string& text, const std::string& widest,
                const Font& font, Color color) {
  canvas.text({room.right(), font.base_line(room.y + room.height / 2)}, text, font, color, Align::right);
  room.width -= std::max(font.width(text), font.width(widest)) + kGap;
}

/// The title with the ghosts' names behind it.
std::string who_plays(const Pane& pane) {
  std::vector<std::string> names;
  if (!pane.title.empty()) names.push_back(pane.title);
  for (const auto& ghost : pane.ghosts) names.push_back(ghost.name);
  return core::join(names, " + ");
}

}  // namespace

void paint_strip(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme) {
  const auto& letters = lettering();
  Rect rest{room.x + 2, room.y, room.width - 4, room.height};
  if (pane.overlay != nullptr) {
    take_right(canvas, rest, figure(pane.overlay->episode_return, 1), kWidestFigure, letters.bold,
               theme.text);
    if (room.width >= kLeastForSteps)
      take_right(canvas, rest, "step " + grouped(pane.overlay->step),
                 "step " + grouped(pane.overlay->step_limit), letters.plain, theme.quiet);
  }
  if (pane.color && pane.ghosts.empty()) {
    const double taken = paint_mark(canvas, rest, *pane.color);
    rest.x += taken;
    rest.width -= taken;
  }
  canvas.text({rest.x, letters.bold.base_line(rest.y + rest.height / 2)},
              letters.bold.shortened(who_plays(pane), rest.width), letters.bold, theme.text);
}

}  // namespace rhoam::render
