#pragma once
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/hud.h"
#include "rhoam/render/scene/layout.h"
#include "rhoam/render/scene/theme.h"

namespace rhoam::render {

/// Paints a world with its ghosts and its HUD where the layout puts them.
void paint_pane(Canvas& canvas, const PaneLayout& layout, const Pane& pane, const Theme& theme);

/// A key and what it does.
struct KeyHelp {
  std::string keys, does;
};

/// Parameters of the world that can be changed by hand.
struct DriftPanel {
  std::vector<Overlay::Dial> dials;
  std::size_t selected = 0;
  std::string keys = "↑ ↓ choose   ← → turn   d close";
};

/// Contents of one picture. Borrowed objects must outlive the painting.
struct Screen {
  std::vector<Pane> panes = {};
  const Image* charts = nullptr;  ///< in pixels of the image, at the right edge; null: none
  std::string caption = {};       ///< a headline over everything, such as that of a story's clip
  std::string status = {};        ///< one line at the lower edge: seed, speed, mode
  std::string notice = {};        ///< what has just happened, for a moment
  std::span<const KeyHelp> help = {};
  const DriftPanel* drifts = nullptr;
};

/// Paints the whole image; `scale` pixels of it make one of a picture of 600 × 400.
void paint_screen(Image& image, double scale, const Screen& screen, const Theme& theme);

}  // namespace rhoam::render
