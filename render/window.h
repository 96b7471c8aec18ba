#pragma once
#include <memory>
#include <string>
#include <vector>

#include "render/image.h"

namespace rhoam::render {

/// Keys without a character, in Unicode's private use area; all others are the character that they type.
namespace key {
inline constexpr char32_t kLeft = 0xe000, kRight = 0xe001, kUp = 0xe002, kDown = 0xe003;
inline constexpr char32_t kEscape = 0x1b, kTab = 0x09, kEnter = 0x0d, kSpace = 0x20;
}  // namespace key

/// Something that the user did.
struct Input {
  enum class Kind { key, closed, resized };
  Kind kind;
  char32_t key = 0;
};

/// The first stick of a game controller, −1 … 1; y grows upwards.
struct Stick {
  bool connected = false;
  double x = 0, y = 0;
};

/// A window that shows an image. Used by one thread.
class Window {
 public:
  virtual ~Window() = default;
  /// Pixels of the inside; both at least 1.
  virtual int width() const = 0;
  virtual int height() const = 0;
  /// Everything since the last call.
  virtual std::vector<Input> take_input() = 0;
  /// Is this key down? Letters are small ones.
  virtual bool held(char32_t key) const = 0;
  virtual Stick stick() const = 0;
  /// Shows the image, stretched to the window where sizes differ.
  virtual void show(const Image& image) = 0;
  virtual void set_title(const std::string& title) = 0;
};

/// Throws UsageError when there is no display, or none that can show a window; it names --record. Never
/// aborts.
std::unique_ptr<Window> open_window(const std::string& title, int width, int height);

}  // namespace rhoam::render
