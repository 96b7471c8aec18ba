#pragma once
#include "rhoam/render/window/window.h"

namespace rhoam::render {

/// Windows by SFML on an X server. Never aborts: without OpenGL, SFML would. A display that goes away ends
/// the process with exit code 74, and recordings are completed. For this, Xlib's handlers of errors are
/// replaced in the whole process when the first window is checked or opened, and sf::err() is silent.
extern const WindowSystem kSfmlWindows;

}  // namespace rhoam::render
