#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// No display can be used; the text says why, but suggests no remedy.
struct NoDisplay : core::UsageError {
  explicit NoDisplay(const std::string& reason) : UsageError("no display (" + reason + ")") {}
};

/// Keys without a character, in Unicode's private use area; all others are the character that they type.
namespace key {
inline constexpr char32_t kLeft = 0xe000, kRight = 0xe001, kUp = 0xe002, kDown = 0xe003;
inline constexpr char32_t kEscape = 0x1b, kTab = 0x09, kEnter = 0x0d, kSpace = 0x20;
}  // namespace key

/// An action of the user. Ctrl with a letter is ignored.
struct Input {
  enum class Kind { key, closed, resized };
  Kind kind;
  char32_t key = 0;
  bool repeated = false;  ///< sent again by the keyboard because the key is held down
};

/// The first stick of the first game controller, −1 … 1; y grows upwards. Positions within 0.1 of rest are 0.
struct Stick {
  bool connected = false;
  double x = 0, y = 0;
};

/// A window that shows an image. To be used by one thread.
class Window {
 public:
  virtual ~Window() = default;
  /// Size of the inside in pixels, as an image's.
  virtual int width() const = 0;
  virtual int height() const = 0;
  /// All input since the last call; consecutive resizes count as one.
  virtual std::vector<Input> take_input() = 0;
  /// Whether this key is down: a lower-case letter, a digit, or one of `key`. False while the window has no
  /// focus.
  virtual bool held(char32_t key) const = 0;
  virtual Stick stick() const = 0;
  /// Shows the image at once, stretched to the window if sizes differ. Another window may erase it, so a
  /// still picture has to be shown again from time to time.
  virtual void show(const Image& image) = 0;
  virtual void set_title(const std::string& title) = 0;
};

/// Functions that open windows, such as those in sfml_window.h; absent in a program without windows.
struct WindowSystem {
  /// Throws NoDisplay unless a window could be opened.
  void (*check)();
  /// A resizable window with this title and inner size; smaller, in the same proportion, if the screen is too
  /// small. Throws NoDisplay.
  std::unique_ptr<Window> (*open)(const std::string& title, int width, int height);
};

}  // namespace rhoam::render
