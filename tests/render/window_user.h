#pragma once
#include <memory>
#include <string>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/window/x11_display.h"

namespace rhoam::test {

/// Somebody at the display of DISPLAY who uses the window with this title.
class WindowUser {
 public:
  explicit WindowUser(const std::string& title);

  /// Presses and releases the key that types this character, or that X knows by this name.
  void type(const std::string& key);
  void press(const std::string& key) { send_key(key, true); }
  void release(const std::string& key) { send_key(key, false); }
  /// As a keyboard repeats: released and pressed again within the same millisecond.
  void repeat(const std::string& key);
  /// Keys pressed from here on come with Ctrl.
  void hold_control();

  void resize(int width, int height);
  void hide();
  void unhide();
  /// Gives the keyboard to this window, or to another.
  void focus(bool here);
  /// Asks the window to close, as its frame would.
  void close();

  std::string title();
  /// What the window shows.
  render::Image look();

 private:
  void send_key(const std::string& key, bool down);

  render::DisplayConnection display_;
  unsigned long window_ = 0, other_ = 0;
  unsigned modifiers_ = 0;
  unsigned long time_ = 1000;  // of the latest key
};

}  // namespace rhoam::test
