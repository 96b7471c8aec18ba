#pragma once
#include <optional>
#include <string>
#include <vector>

#include "render/color.h"
#include "render/overlay.h"
#include "render/scene.h"

namespace rhoam::render {

/// Another player's world, which shines through that of a pane.
struct Ghost {
  std::string name;
  Scene scene;
  Color color;  ///< tints it, and marks its name
};

/// One world on the screen.
struct Pane {
  std::string title = {};           ///< who plays; empty: none
  std::optional<Color> color = {};  ///< marks the title and, among ghosts, tints what moves; nothing: none
  Scene scene = {};
  std::vector<Ghost> ghosts = {};
  const Overlay* overlay = nullptr;  ///< null: hidden
};

}  // namespace rhoam::render
