#pragma once
#include <cstddef>
#include <vector>

#include "rhoam/render/canvas/geometry.h"

namespace rhoam::render {

/// Width over height of a world's picture.
inline constexpr double kSceneAspect = 1.5;

/// The largest rectangle of that aspect, centred in the room.
Rect scene_in(const Rect& room);

/// `count` cells in rows of equal length, `gap` apart, arranged so that scenes are as large as possible.
std::vector<Rect> cells_in(const Rect& room, std::size_t count, double gap);

/// Contents of a picture.
struct Contents {
  std::size_t panes = 1;
  bool charts = false, caption = false, status = false;
  bool cards = false;  ///< beside or over the scenes
  bool full = false;   ///< nothing may lie over a scene
};

/// Layout of one world and its numbers. Numbers are on cards in a separate room beside or below the scene; on
/// cards at the edges of a single large scene if there is no such room; or, if everything is small, in one
/// line below the scene. A scene that is full shrinks to make that room.
struct PaneLayout {
  Rect scene = {};  ///< 3:2; without cards the whole room
  Rect strip = {};  ///< the line; without height: none
  Rect cards = {};  ///< the room of the cards; without height: none
  bool over_scene = false;
};

/// Layout of a picture, in lengths of scale 1.
struct ScreenLayout {
  Rect charts;  ///< without width: none
  Rect worlds;  ///< all that is not charts
  Rect caption, status;
  std::vector<PaneLayout> panes;
};

/// The room of the charts in an image of this size, in pixels: a third of the width, at most 480 · scale, at
/// the right edge. Without width, and then charts are not shown, if that is too narrow or the scale too small
/// for legible text.
Rect charts_area(int width, int height, double scale);

/// Lays out a picture so that edges of scenes lie on whole pixels of an image at this scale.
ScreenLayout lay_out(double width, double height, double scale, const Contents& contents);

}  // namespace rhoam::render
