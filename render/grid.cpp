#include "render/grid.h"

#include <algorithm>

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

/// Of equally good grids the widest: worlds are compared side by side.
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

}  // namespace rhoam::render
