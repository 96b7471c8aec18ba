#include "render/layout.h"

#include <algorithm>
#include <cmath>

#include "render/grid.h"
#include "render/screen.h"

namespace rhoam::render {
namespace {

constexpr double kMargin = 8;
constexpr double kGap = 6;
constexpr double kCaption = 28, kStatus = 20, kStrip = 22;
constexpr double kColumn = 184, kWidestColumn = 260;
constexpr double kLowestDock = 150;
/// A scene gives up this part of its width, but no more, for cards that do not cover it.
constexpr double kWorth = 0.15;
/// Cards lie over no smaller scene.
constexpr double kLeastWidth = 480;

Rect inset(const Rect& room, double margin) {
  return {room.x + margin, room.y + margin, std::max(0.0, room.width - 2 * margin),
          std::max(0.0, room.height - 2 * margin)};
}

/// Columns of cards side by side from the left.
std::vector<Rect> columns_in(const Rect& dock) {
  const Rect room = inset(dock, kMargin);
  const double count = std::clamp(std::floor((room.width + kGap) / (kColumn + kGap)), 1.0, 4.0);
  const double width = std::min(kWidestColumn, (room.width - (count - 1) * kGap) / count);
  std::vector<Rect> columns;
  for (double i = 0; i < count; ++i)
    columns.push_back({room.x + i * (width + kGap), room.y, width, room.height});
  return columns;
}

PaneLayout with_dock_below(const Rect& room) {
  const double dock = std::max(kLowestDock, room.height - room.width / kSceneAspect);
  const double height = std::max(0.0, room.height - dock);
  return {.scene = scene_in({room.x, room.y, room.width, height}),
          .columns = columns_in({room.x, room.y + height, room.width, room.height - height})};
}

PaneLayout with_dock_beside(const Rect& room) {
  const double dock = std::max(kColumn + 2 * kMargin, room.width - room.height * kSceneAspect);
  const double width = std::max(0.0, room.width - dock);
  return {.scene = scene_in({room.x, room.y, width, room.height}),
          .columns = columns_in({room.x + width, room.y, room.width - width, room.height})};
}

PaneLayout with_strip(const Rect& room) {
  const Rect scene = scene_in({room.x, room.y, room.width, std::max(0.0, room.height - kStrip)});
  const double top = room.y + std::max(0.0, (room.height - kStrip - scene.height) / 2);
  return {.scene = {scene.x, top, scene.width, scene.height},
          .strip = {scene.x, top + scene.height, scene.width, kStrip}};
}

PaneLayout with_cards_over(const Rect& whole, const Rect& room) {
  const Rect scene = scene_in(whole);
  const double top = std::max(scene.y, room.y) + kMargin;
  const double height = std::min(scene.bottom(), room.bottom()) - kMargin - top;
  const double width = std::min(kColumn, scene.width / 3 - kMargin - kGap);
  return {.scene = scene,
          .columns = {{scene.x + kMargin, top, width, height},
                      {scene.right() - kMargin - width, top, width, height}},
          .over_scene = true};
}

/// A pane whose cards may lie over its scene when `whole` is not empty.
PaneLayout with_cards(const Rect& whole, const Rect& room) {
  const bool may_cover = scene_in(whole).width >= kLeastWidth;
  const PaneLayout plain = may_cover ? with_cards_over(whole, room) : with_strip(room);
  const PaneLayout below = with_dock_below(room), beside = with_dock_beside(room);
  const PaneLayout& dock = below.scene.width >= beside.scene.width ? below : beside;
  return dock.scene.width >= (1 - kWorth) * plain.scene.width ? dock : plain;
}

Rect on_pixels(const Rect& rectangle, double scale) {
  const auto whole = [scale](double length) { return std::round(length * scale) / scale; };
  const double x = whole(rectangle.x), y = whole(rectangle.y);
  return {x, y, whole(rectangle.right()) - x, whole(rectangle.bottom()) - y};
}

Rect scaled(const Rect& r, double factor) {
  return {r.x * factor, r.y * factor, r.width * factor, r.height * factor};
}

}  // namespace

Rect charts_area(int width, int height, double scale) {
  constexpr double kNarrowest = 240, kWidest = 480;
  const double third = std::round(std::min(width / 3.0, kWidest * scale));
  if (third < kNarrowest * scale) return {};
  return {width - third, 0, third, static_cast<double>(height)};
}

ScreenLayout lay_out(double width, double height, double scale, const Contents& contents) {
  ScreenLayout layout;
  if (contents.charts)
    layout.charts = scaled(charts_area(static_cast<int>(std::lround(width * scale)),
                                       static_cast<int>(std::lround(height * scale)), scale),
                           1 / scale);
  const Rect worlds{0, 0, width - layout.charts.width, height};
  layout.worlds = worlds;
  layout.caption = {0, 0, worlds.width, contents.caption ? std::min(kCaption, height) : 0};
  const double foot = contents.status ? std::min(kStatus, height) : 0;
  layout.status = {0, height - foot, worlds.width, foot};
  const Rect room{0, layout.caption.height, worlds.width,
                  std::max(0.0, layout.status.y - layout.caption.height)};
  const bool is_single = contents.panes == 1;
  for (const auto& cell : cells_in(room, contents.panes, kGap)) {
    if (contents.cards)
      layout.panes.push_back(with_cards(is_single ? worlds : Rect{}, cell));
    else
      layout.panes.push_back({.scene = scene_in(is_single ? worlds : cell)});
    layout.panes.back().scene = on_pixels(layout.panes.back().scene, scale);
  }
  return layout;
}

}  // namespace rhoam::render
