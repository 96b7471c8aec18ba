#pragma once
#include <memory>
#include <string>

struct _XDisplay;

namespace rhoam::render {

struct CloseDisplay {
  void operator()(_XDisplay* display) const;
};
using DisplayConnection = std::unique_ptr<_XDisplay, CloseDisplay>;

/// A connection to the X server that DISPLAY names. Throws UsageError, naming --record, unless there is one
/// and it shows OpenGL: without it SFML would end the process. To be held until SFML has its own: a server
/// may start afresh when its last client leaves.
///
/// From here on errors of the X server are passed over, and a server that goes away ends the process with one
/// line and exit code 74, so that recordings are completed by their encoders.
DisplayConnection connect_display();

/// Throws the UsageError for a display that cannot be used, which names --record.
[[noreturn]] void refuse_display(const std::string& reason);

}  // namespace rhoam::render
