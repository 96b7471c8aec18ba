#include "render/pane_painter.h"

#include "render/card_flow.h"
#include "render/card_painter.h"
#include "render/messages.h"
#include "render/strip.h"

namespace rhoam::render {
namespace {

void paint_worlds(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme) {
  canvas.clip(room);
  paint_scene(canvas, room, pane.scene, theme);
  for (const auto& ghost : pane.ghosts) paint_ghost(canvas, room, ghost, theme);
  canvas.unclip();
}

void paint_cards(Canvas& canvas, const PaneLayout& layout, const Pane& pane, const Theme& theme) {
  for (const auto& [room, card] :
       flow(cards_of(pane.title, pane.ghost_names, pane.overlay), layout.columns)) {
    if (layout.over_scene) paint_card_ground(canvas, room, theme);
    paint_rows(canvas,
               {room.x + kCardPadding, room.y + kCardPadding, room.width - 2 * kCardPadding, room.height},
               card, theme);
  }
}

/// What the cards leave free of the scene, in its whole height.
Rect uncovered(const PaneLayout& layout) {
  if (!layout.over_scene) return layout.scene;
  const double left = layout.columns.front().right(), right = layout.columns.back().x;
  return {left + 8, layout.scene.y, right - left - 16, layout.scene.height};
}

}  // namespace

void paint_pane(Canvas& canvas, const PaneLayout& layout, const Pane& pane, const Theme& theme) {
  paint_worlds(canvas, layout.scene, pane, theme);
  paint_cards(canvas, layout, pane, theme);
  if (layout.strip.height > 0) paint_strip(canvas, layout.strip, pane, theme);
  if (pane.overlay != nullptr && !pane.overlay->banner.empty())
    paint_banner(canvas, uncovered(layout), pane.overlay->banner, pane.overlay->tone, theme);
}

}  // namespace rhoam::render
