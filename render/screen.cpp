#include "render/screen.h"

#include <algorithm>
#include <cmath>

#include "render/drift_panel.h"
#include "render/help_card.h"
#include "render/image_canvas.h"
#include "render/layout.h"
#include "render/messages.h"
#include "render/pane_painter.h"

namespace rhoam::render {
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

/// What is open for a moment lies over a single scene, else over all of them, but not over numbers.
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
