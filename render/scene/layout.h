#pragma once
#include <cstddef>
#include <vector>

#include "rhoam/render/canvas/geometry.h"

namespace rhoam::render {

/// Width over height of a world's picture.
inline constexpr double kSceneAspect = 1.5;

/// The largest rectangle of that aspect in the middle of the room.
Rect scene_in(const Rect& room);

/// So many cells in rows of equal length, `gap` apart, in which scenes are as large as can be.
std::vector<Rect> cells_in(const Rect& room, std::size_t count, double gap);

/// What a picture has to show.
struct Contents {
  std::size_t panes = 1;
  bool charts = false, caption = false, status = false;
  bool cards = false;  ///< beside or over the scenes
  bool full = false;   ///< nothing may lie over a scene
};

/// Where one world and its numbers lie. Numbers are on cards in a room of their own beside or below the
/// scene, on cards at the edges of a single large scene where there is no such room, or, where all is small,
/// in one line below the scene. A scene that is full shrinks to make that room.
struct PaneLayout {
  Rect scene = {};  ///< 3:2; without cards all the room there is
  Rect strip = {};  ///< the line; without height: none
  Rect cards = {};  ///< the room of the cards; without height: none
  bool over_scene = false;
};

/// Where everything lies, in lengths of scale 1.
struct ScreenLayout {
  Rect charts;  ///< without width: none
  Rect worlds;  ///< all that is not charts
  Rect caption, status;
  std::vector<PaneLayout> panes;
};

/// The room of the charts in an image of this size, in pixels: a third of the width at the right edge, at
/// most 480 · scale; without width when that is too narrow, or the scale too small for letters that can be
/// read, and then charts are not shown.
Rect charts_area(int width, int height, double scale);

/// Edges of scenes lie on whole pixels of an image where `scale` of them are one.
ScreenLayout lay_out(double width, double height, double scale, const Contents& contents);

}  // namespace rhoam::render
