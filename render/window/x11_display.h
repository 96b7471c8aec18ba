#pragma once
#include <memory>

#include "rhoam/render/window/window.h"

struct _XDisplay;

namespace rhoam::render {

struct CloseDisplay {
  void operator()(_XDisplay* display) const;
};
using DisplayConnection = std::unique_ptr<_XDisplay, CloseDisplay>;

/// A connection to the X server that DISPLAY names. Throws NoDisplay unless there is one and it shows
/// OpenGL: without it SFML would end the process. To be held until SFML has its own: a server may start
/// afresh when its last client leaves.
///
/// From here on errors of the X server are passed over, and a server that goes away ends the process with one
/// line and exit code 74, so that recordings are completed by their encoders.
DisplayConnection connect_display();

}  // namespace rhoam::render
