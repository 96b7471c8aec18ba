#include "rhoam/render/scene/layout.h"

#include <algorithm>
#include <cmath>

namespace rhoam::render {
namespace {

struct Grid {
  std::size_t columns, rows;
  Rect first;
};

Grid grid_of(const Rect& room, std::size_t count, std::size_t columns, double gap) {
  const std::size_t rows = (count + columns - 1) / columns;
  const auto length = [gap](double whole, std::size_t parts) {
    const auto number = static_cast<double>(parts);
    return std::max(0.0, (whole - (number - 1) * gap) / number);
  };
  return {columns, rows, {room.x, room.y, length(room.width, columns), length(room.height, rows)}};
}

/// The best grid; of equally good ones the widest, since worlds are compared side by side.
Grid best_grid(const Rect& room, std::size_t count, double gap) {
  Grid best = grid_of(room, count, 1, gap);
  for (std::size_t columns = 2; columns <= count; ++columns)
    if (const Grid grid = grid_of(room, count, columns, gap);
        scene_in(grid.first).width >= scene_in(best.first).width)
      best = grid;
  return best;
}

}  // namespace

Rect scene_in(const Rect& room) {
  const double width = std::min(room.width, kSceneAspect * room.height);
  const double height = width / kSceneAspect;
  return {room.x + (room.width - width) / 2, room.y + (room.height - height) / 2, width, height};
}

std::vector<Rect> cells_in(const Rect& room, std::size_t count, double gap) {
  std::vector<Rect> cells;
  if (count == 0) return cells;
  const Grid grid = best_grid(room, count, gap);
  for (std::size_t i = 0; i < count; ++i) {
    Rect cell = grid.first;
    cell.x += static_cast<double>(i % grid.columns) * (cell.width + gap);
    cell.y += static_cast<double>(i / grid.columns) * (cell.height + gap);
    cells.push_back(cell);
  }
  return cells;
}

namespace {

constexpr double kMargin = 8;
constexpr double kGap = 6;
constexpr double kCaption = 28, kStatus = 20, kStrip = 22;
constexpr double kLowestDock = 160, kNarrowestDock = 200;
/// Fraction of the height for cards below a scene, so that their numbers grow with it.
constexpr double kDockPart = 0.2;
/// Largest fraction of its width that a scene gives up for cards that do not cover it.
constexpr double kWorth = 0.15;
/// Smallest width of a scene that cards may cover.
constexpr double kLeastWidth = 480;
/// Smallest width of a full scene, which otherwise gives up as much as cards need.
constexpr double kLeastFull = 320;

Rect inset(const Rect& room, double margin) {
  return {room.x + margin, room.y + margin, std::max(0.0, room.width - 2 * margin),
          std::max(0.0, room.height - 2 * margin)};
}

PaneLayout with_dock_below(const Rect& room) {
  const double dock =
      std::max({kLowestDock, kDockPart * room.height, room.height - room.width / kSceneAspect});
  const double height = std::max(0.0, room.height - dock);
  return {.scene = scene_in({room.x, room.y, room.width, height}),
          .cards = inset({room.x, room.y + height, room.width, room.height - height}, kMargin)};
}

PaneLayout with_dock_beside(const Rect& room) {
  const double dock = std::max(kNarrowestDock, room.width - room.height * kSceneAspect);
  const double width = std::max(0.0, room.width - dock);
  return {.scene = scene_in({room.x, room.y, width, room.height}),
          .cards = inset({room.x + width, room.y, room.width - width, room.height}, kMargin)};
}

PaneLayout with_strip(const Rect& room) {
  const Rect scene = scene_in({room.x, room.y, room.width, std::max(0.0, room.height - kStrip)});
  const double top = room.y + std::max(0.0, (room.height - kStrip - scene.height) / 2);
  return {.scene = {scene.x, top, scene.width, scene.height},
          .strip = {scene.x, top + scene.height, scene.width, kStrip}};
}

PaneLayout with_cards_over(const Rect& whole, const Rect& room) {
  const Rect scene = scene_in(whole);
  const double top = std::max(scene.y, room.y), bottom = std::min(scene.bottom(), room.bottom());
  return {
      .scene = scene, .cards = inset({scene.x, top, scene.width, bottom - top}, kMargin), .over_scene = true};
}

/// A pane whose cards may lie over its scene if `whole` is not empty.
PaneLayout with_cards(const Rect& whole, const Rect& room, bool is_full) {
  const bool may_cover = !is_full && scene_in(whole).width >= kLeastWidth;
  const PaneLayout plain = may_cover ? with_cards_over(whole, room) : with_strip(room);
  const PaneLayout below = with_dock_below(room), beside = with_dock_beside(room);
  const PaneLayout& dock = below.scene.width >= beside.scene.width ? below : beside;
  const double enough = (1 - kWorth) * plain.scene.width;
  return dock.scene.width >= (is_full ? std::min(enough, kLeastFull) : enough) ? dock : plain;
}

/// Packs cells of this size close together around the middle of the room.
void pack(std::vector<Rect>& cells, const Rect& room, double width, double height) {
  const Point centre{room.x + room.width / 2, room.y + room.height / 2};
  for (auto& cell : cells) {
    const double right = cell.x + cell.width / 2 - centre.x, down = cell.y + cell.height / 2 - centre.y;
    cell = {centre.x + right * (width + kGap) / (cell.width + kGap) - width / 2,
            centre.y + down * (height + kGap) / (cell.height + kGap) - height / 2, width, height};
  }
}

std::vector<PaneLayout> panes_in(const Rect& whole, const Rect& room, const Contents& contents) {
  const Rect coverable = contents.panes == 1 ? whole : Rect{};
  auto cells = cells_in(room, contents.panes, kGap);
  const auto pane_in = [&](const Rect& cell) {
    if (contents.cards) return with_cards(coverable, cell, contents.full);
    return PaneLayout{.scene = contents.panes == 1 ? whole : cell};
  };
  if (!cells.empty())
    if (const PaneLayout first = pane_in(cells.front()); first.cards.height <= 0)
      pack(cells, room, first.scene.width, first.scene.height + first.strip.height);
  std::vector<PaneLayout> panes;
  for (const auto& cell : cells) panes.push_back(pane_in(cell));
  return panes;
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
  constexpr double kNarrowest = 240, kWidest = 480, kSmallest = 0.7;
  const double third = std::round(std::min(width / 3.0, kWidest * scale));
  if (third < kNarrowest * scale || scale < kSmallest) return {};
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
  layout.panes = panes_in(worlds, room, contents);
  for (auto& pane : layout.panes) pane.scene = on_pixels(pane.scene, scale);
  return layout;
}

}  // namespace rhoam::render
