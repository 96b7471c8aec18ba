#include "rhoam/tests/render/window_user.h"

#include <X11/XKBlib.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/keysym.h>

#include <stdexcept>

namespace rhoam::test {
namespace {

/// In UTF-8, which the older WM_NAME cannot hold.
std::string title_of(Display* display, Window window) {
  const Atom name = XInternAtom(display, "_NET_WM_NAME", False),
             utf8 = XInternAtom(display, "UTF8_STRING", False);
  constexpr long kLongest = 256;  // in units of four bytes
  Atom type = 0;
  int bits = 0;
  unsigned long size = 0, more = 0;
  unsigned char* text = nullptr;
  XGetWindowProperty(display, window, name, 0, kLongest, False, utf8, &type, &bits, &size, &more, &text);
  const std::string title = text == nullptr ? "" : std::string(text, text + size);
  XFree(text);
  return title;
}

bool is_seen(Display* display, Window window) {
  XWindowAttributes is{};
  return XGetWindowAttributes(display, window, &is) != 0 && is.map_state == IsViewable;
}

Window find_window(Display* display, const std::string& title) {
  Window root = 0, parent = 0, *children = nullptr, found = 0;
  unsigned count = 0;
  XQueryTree(display, DefaultRootWindow(display), &root, &parent, &children, &count);
  for (unsigned i = 0; i < count; ++i)
    if (title_of(display, children[i]) == title && is_seen(display, children[i])) found = children[i];
  XFree(children);
  if (found == 0) throw std::runtime_error("no window '" + title + "'");
  return found;
}

/// X numbers the keys of Latin characters as these, and names the others.
KeySym symbol_of(const std::string& key) {
  return key.size() == 1 ? static_cast<KeySym>(key[0]) : XStringToKeysym(key.c_str());
}

}  // namespace

WindowUser::WindowUser(const std::string& title) : display_(XOpenDisplay(nullptr)) {
  XSetErrorHandler([](Display*, XErrorEvent*) { return 0; });  // a window may close while it is looked at
  window_ = find_window(display_.get(), title);
  other_ = XCreateSimpleWindow(display_.get(), DefaultRootWindow(display_.get()), 1390, 990, 5, 5, 0, 0, 0);
  XMapWindow(display_.get(), other_);
  XSync(display_.get(), False);
}

void WindowUser::send_key(const std::string& key, bool down) {
  const KeySym symbol = symbol_of(key);
  const KeyCode code = XKeysymToKeycode(display_.get(), symbol);
  const bool shifted = XkbKeycodeToKeysym(display_.get(), code, 0, 0) != symbol;
  XEvent event{};
  auto& sent = event.xkey;
  sent.type = down ? KeyPress : KeyRelease;
  sent.display = display_.get();
  sent.window = window_;
  sent.root = DefaultRootWindow(display_.get());
  sent.time = time_;
  sent.state = modifiers_ | (shifted ? ShiftMask : 0U);
  sent.keycode = code;
  sent.same_screen = True;
  XSendEvent(display_.get(), window_, True, down ? KeyPressMask : KeyReleaseMask, &event);
  XSync(display_.get(), False);
  if (down) time_ += 40;
}

void WindowUser::type(const std::string& key) {
  press(key);
  release(key);
}

void WindowUser::repeat(const std::string& key) {
  XGrabServer(display_.get());
  release(key);
  press(key);
  XUngrabServer(display_.get());
  XSync(display_.get(), False);
}

void WindowUser::hold_control() { modifiers_ |= ControlMask; }

void WindowUser::resize(int width, int height) {
  XResizeWindow(display_.get(), window_, static_cast<unsigned>(width), static_cast<unsigned>(height));
  XSync(display_.get(), False);
}

void WindowUser::hide() {
  XUnmapWindow(display_.get(), window_);
  XSync(display_.get(), False);
}

void WindowUser::unhide() {
  XMapWindow(display_.get(), window_);
  XSync(display_.get(), False);
}

void WindowUser::focus(bool here) {
  XSetInputFocus(display_.get(), here ? window_ : other_, RevertToParent, CurrentTime);
  XSync(display_.get(), False);
}

void WindowUser::close() {
  XEvent event{};
  event.xclient.type = ClientMessage;
  event.xclient.window = window_;
  event.xclient.message_type = XInternAtom(display_.get(), "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = static_cast<long>(XInternAtom(display_.get(), "WM_DELETE_WINDOW", False));
  XSendEvent(display_.get(), window_, False, NoEventMask, &event);
  XSync(display_.get(), False);
}

std::string WindowUser::title() { return title_of(display_.get(), window_); }

render::Image WindowUser::look() {
  XWindowAttributes is{};
  XGetWindowAttributes(display_.get(), window_, &is);
  render::Image image(is.width, is.height);
  XImage* const seen = XGetImage(display_.get(), window_, 0, 0, static_cast<unsigned>(is.width),
                                 static_cast<unsigned>(is.height), AllPlanes, ZPixmap);
  auto pixel = image.pixels().begin();
  for (int y = 0; y < is.height; ++y)
    for (int x = 0; x < is.width; ++x)
      *pixel++ = 0xff000000 | static_cast<std::uint32_t>(XGetPixel(seen, x, y));
  XDestroyImage(seen);
  return image;
}

}  // namespace rhoam::test
