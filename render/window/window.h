#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// There is no display that can be used; the text says why, and nothing about a way out.
struct NoDisplay : core::UsageError {
  explicit NoDisplay(const std::string& reason) : UsageError("no display (" + reason + ")") {}
};

/// Keys without a character, in Unicode's private use area; all others are the character that they type.
namespace key {
inline constexpr char32_t kLeft = 0xe000, kRight = 0xe001, kUp = 0xe002, kDown = 0xe003;
inline constexpr char32_t kEscape = 0x1b, kTab = 0x09, kEnter = 0x0d, kSpace = 0x20;
}  // namespace key

/// Something that the user did. Ctrl with a letter is nothing.
struct Input {
  enum class Kind { key, closed, resized };
  Kind kind;
  char32_t key = 0;
  bool repeated = false;  ///< the key has been down for a while, and the keyboard sends it again
};

/// The first stick of the first game controller, −1 … 1; y grows upwards. Within 0.1 of its rest it is at 0.
struct Stick {
  bool connected = false;
  double x = 0, y = 0;
};

/// A window that shows an image. Used by one thread.
class Window {
 public:
  virtual ~Window() = default;
  /// Pixels of the inside; as an image's.
  virtual int width() const = 0;
  virtual int height() const = 0;
  /// Everything since the last call; sizes that follow each other count as one.
  virtual std::vector<Input> take_input() = 0;
  /// Is this key down? A small letter, a digit, or one of `key`. None is when the window is not in front.
  virtual bool held(char32_t key) const = 0;
  virtual Stick stick() const = 0;
  /// Shows the image at once, stretched to the window where sizes differ. Another window may wipe it out, so
  /// a picture that stands still is to be shown again now and then.
  virtual void show(const Image& image) = 0;
  virtual void set_title(const std::string& title) = 0;
};

/// How a program opens windows; a program without windows has none of it (sfml_window.h is one).
struct WindowSystem {
  /// Throws NoDisplay unless a window could be opened.
  void (*check)();
  /// A window of this title and inner size that can be resized; smaller, in the same proportion, where the
  /// screen has less room. Throws NoDisplay.
  std::unique_ptr<Window> (*open)(const std::string& title, int width, int height);
};

}  // namespace rhoam::render
