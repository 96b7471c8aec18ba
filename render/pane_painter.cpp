#include "render/pane_painter.h"

#include <algorithm>
#include <optional>

#include "render/card_columns.h"
#include "render/card_painter.h"
#include "render/messages.h"
#include "render/scene_painter.h"
#include "render/strip.h"

namespace rhoam::render {
namespace {

void paint_worlds(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme) {
  canvas.clip(room);
  paint_scene(canvas, room, pane.scene, theme, pane.ghosts.empty() ? std::nullopt : pane.color);
  for (const auto& ghost : pane.ghosts) paint_ghost(canvas, room, ghost.scene, ghost.color, theme);
  canvas.unclip();
}

CardColumns columns_of(const PaneLayout& layout, const Pane& pane) {
  // Cards grow with the scene, and slower where they cover it.
  const double zoom = std::clamp(layout.scene.width / (layout.over_scene ? 800 : 480), 1.0, 4.0);
  const auto cards = cards_of(pane);
  return layout.over_scene ? at_edges(cards, layout.cards, zoom) : in_columns(cards, layout.cards, zoom);
}

void paint_cards(Canvas& canvas, const CardColumns& columns, bool with_ground, const Theme& theme) {
  canvas.begin_zoom(columns.zoom);
  for (const auto& [room, card] : columns.cards) {
    if (with_ground) paint_card_ground(canvas, room, theme);
    paint_rows(canvas,
               {room.x + kCardPadding, room.y + kCardPadding, room.width - 2 * kCardPadding, room.height},
               card, theme);
  }
  canvas.end_zoom();
}

/// What cards leave free of the scene, in its whole height.
Rect uncovered(const PaneLayout& layout) {
  const Rect& scene = layout.scene;
  if (!layout.over_scene) return scene;
  return {scene.x + scene.width / 3, layout.cards.y, scene.width / 3, scene.height};
}

}  // namespace

void paint_pane(Canvas& canvas, const PaneLayout& layout, const Pane& pane, const Theme& theme) {
  paint_worlds(canvas, layout.scene, pane, theme);
  if (layout.cards.height > 0) paint_cards(canvas, columns_of(layout, pane), layout.over_scene, theme);
  if (layout.strip.height > 0) paint_strip(canvas, layout.strip, pane, theme);
  if (pane.overlay != nullptr && !pane.overlay->banner.empty())
    paint_banner(canvas, uncovered(layout), pane.overlay->banner, pane.overlay->tone, theme);
}

}  // namespace rhoam::render
