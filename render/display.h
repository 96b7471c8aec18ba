#pragma once
#include <memory>
#include <string>

#include "core/errors.h"

struct _XDisplay;

namespace rhoam::render {

/// There is no display that can be used; the text says why, and nothing about a way out.
struct NoDisplay : core::UsageError {
  explicit NoDisplay(const std::string& reason) : UsageError("no display (" + reason + ")") {}
};

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
