#include "rhoam/render/scene/screen.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/hud_painter.h"
#include "rhoam/render/scene/hud_rows.h"
#include "rhoam/render/scene/layout.h"
#include "rhoam/render/scene/popups.h"
#include "rhoam/render/scene/scene_painter.h"

namespace rhoam::render {
namespace {

void paint_worlds(Canvas& canvas, const Rect& room, const Pane& pane, const Theme& theme) {
  canvas.clip(room);
  paint_scene(canvas, room, pane.scene, theme, pane.ghosts.empty() ? std::nullopt : pane.color);
  for (const auto& ghost : pane.ghosts) paint_ghost(canvas, room, ghost.scene, ghost.color, theme);
  canvas.unclip();
}

CardColumns columns_of(const PaneLayout& layout, const Pane& pane) {
  // Cards grow with the scene, more slowly if they cover it.
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

/// The part of the scene that cards leave free, in its full height.
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

namespace {

bool has_cards(const Pane& pane) {
  return pane.overlay != nullptr || !pane.title.empty() || !pane.ghosts.empty();
}

bool is_full(const Pane& pane) { return !pane.scene.recent.empty() && pane.scene.recent.back()->view().full; }

Contents contents_of(const Screen& screen) {
  return {.panes = screen.panes.size(),
          .charts = screen.charts != nullptr,
          .caption = !screen.caption.empty(),
          .status = !screen.status.empty(),
          .cards = std::ranges::any_of(screen.panes, has_cards),
          .full = std::ranges::any_of(screen.panes, is_full)};
}

/// The worlds without the bands above and below them.
Rect between_bands(const ScreenLayout& layout) {
  const double top = layout.caption.bottom();
  return {layout.worlds.x, top, layout.worlds.width, std::max(0.0, layout.status.y - top)};
}

void paint_charts(ImageCanvas& canvas, const Rect& room, const Image& charts, double scale) {
  if (room.width <= 0) return;
  canvas.put(charts, static_cast<int>(std::lround(room.x * scale)),
             static_cast<int>(std::lround(room.y * scale)));
}

/// Room for popups: over a single scene, else over all of them, but not over numbers.
Rect passing_room(const ScreenLayout& layout) {
  const Rect room = between_bands(layout);
  if (layout.panes.size() != 1) return room;
  const Rect& scene = layout.panes.front().scene;
  const double top = std::max(scene.y, room.y), bottom = std::min(scene.bottom(), room.bottom());
  return {scene.x, top, scene.width, std::max(0.0, bottom - top)};
}

void paint_messages(Canvas& canvas, const ScreenLayout& layout, const Screen& screen, const Theme& theme) {
  if (!screen.caption.empty()) paint_caption(canvas, layout.caption, screen.caption, theme);
  if (!screen.status.empty()) paint_status(canvas, layout.status, screen.status, theme);
  if (!screen.notice.empty()) paint_notice(canvas, passing_room(layout), screen.notice, theme);
}

}  // namespace

void paint_screen(Image& image, double scale, const Screen& screen, const Theme& theme) {
  const ScreenLayout layout =
      lay_out(image.width() / scale, image.height() / scale, scale, contents_of(screen));
  ImageCanvas canvas(image, scale);
  canvas.clear(theme.paper);
  for (std::size_t i = 0; i < screen.panes.size(); ++i)
    paint_pane(canvas, layout.panes[i], screen.panes[i], theme);
  if (screen.charts != nullptr) paint_charts(canvas, layout.charts, *screen.charts, scale);
  paint_messages(canvas, layout, screen, theme);
  if (screen.drifts != nullptr) paint_drift_panel(canvas, passing_room(layout), *screen.drifts, theme);
  if (!screen.help.empty())
    paint_help(canvas, {0, 0, image.width() / scale, image.height() / scale}, screen.help, theme);
  canvas.finish();
}

}  // namespace rhoam::render
