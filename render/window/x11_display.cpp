#include "rhoam/render/window/x11_display.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "rhoam/core/file.h"

// Last: their macros collide with names elsewhere.
#include <GL/glx.h>
#include <X11/Xlib.h>

namespace rhoam::render {
namespace {

struct FreeVisual {
  void operator()(XVisualInfo* visual) const { XFree(visual); }
};

/// Redirects standard error to /dev/null: libxcb writes the server's refusals there.
class Silence {
 public:
  Silence() : saved_(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) {
    const core::Descriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    if (saved_ >= 0 && nowhere >= 0) ::dup2(nowhere, STDERR_FILENO);
  }
  ~Silence() {
    if (saved_ >= 0) ::dup2(saved_, STDERR_FILENO);
  }
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  core::Descriptor saved_;
};

int pass_over(Display*, XErrorEvent*) { return 0; }

// Xlib would call exit() next, with its locks held and our threads running.
[[noreturn]] int end(Display*) {
  constexpr std::string_view kLine = "rhoam: the display has gone; recordings are being completed\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, kLine.data(), kLine.size());
  ::_exit(static_cast<int>(core::ExitCode::io));
}

bool shows_opengl(Display* display) {
  int wanted[] = {GLX_RGBA, GLX_DOUBLEBUFFER, GLX_RED_SIZE, 1, None};
  if (glXQueryExtension(display, nullptr, nullptr) == False) return false;
  const std::unique_ptr<XVisualInfo, FreeVisual> visual(
      glXChooseVisual(display, DefaultScreen(display), wanted));
  if (!visual) return false;
  const GLXContext context = glXCreateContext(display, visual.get(), nullptr, True);
  if (context != nullptr) glXDestroyContext(display, context);
  return context != nullptr;
}

}  // namespace

void CloseDisplay::operator()(Display* display) const { XCloseDisplay(display); }

DisplayConnection connect_display() {
  const char* const name = std::getenv("DISPLAY");
  if (name == nullptr || *name == '\0') throw NoDisplay("DISPLAY is not set");
  XSetErrorHandler(pass_over);
  XSetIOErrorHandler(end);
  const Silence silence;
  DisplayConnection display(XOpenDisplay(nullptr));
  if (!display) throw NoDisplay("cannot open '" + std::string(name) + "'");
  if (!shows_opengl(display.get())) throw NoDisplay("'" + std::string(name) + "' shows no OpenGL");
  return display;
}

}  // namespace rhoam::render
