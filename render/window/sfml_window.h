#pragma once
#include "rhoam/render/scene/window.h"

namespace rhoam::render {

/// Windows by SFML on an X server. Never aborts, as SFML would without OpenGL. Losing the display ends the
/// process with exit code 74, and recordings are completed. For this, checking or opening the first window
/// replaces Xlib's error handlers in the whole process; sf::err() is silenced.
extern const WindowSystem kSfmlWindows;

}  // namespace rhoam::render
