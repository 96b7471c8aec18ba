#pragma once
#include <memory>

#include "rhoam/render/scene/window.h"

struct _XDisplay;

namespace rhoam::render {

struct CloseDisplay {
  void operator()(_XDisplay* display) const;
};
using DisplayConnection = std::unique_ptr<_XDisplay, CloseDisplay>;

/// A connection to the X server that DISPLAY names. Throws NoDisplay unless there is one with OpenGL: without
/// it SFML would end the process. Keep it until SFML has its own connection: a server may restart when its
/// last client leaves.
///
/// From now on, errors of the X server are ignored, and losing the server ends the process with one line and
/// exit code 74, so that encoders complete recordings.
DisplayConnection connect_display();

}  // namespace rhoam::render
