#include "rhoam/render/window/sfml_window.h"

#include <SFML/System/Err.hpp>
#include <SFML/Window/Event.hpp>
#include <SFML/Window/Joystick.hpp>
#include <SFML/Window/Window.hpp>

#include <algorithm>
#include <bitset>
#include <cmath>
#include <utility>

#include "rhoam/render/canvas/cairo.h"
#include "rhoam/render/window/x11_display.h"

// Last: their macros collide with names elsewhere.
#include <X11/Xlib.h>
#include <cairo-xlib.h>

namespace rhoam::render {
namespace {

/// Control characters come from keys handled separately, or from Ctrl, which is ignored.
bool is_text(char32_t character) { return character >= 0x20 && character != 0x7f; }

char32_t without_text(sf::Keyboard::Key code) {
  switch (code) {
    case sf::Keyboard::Left:
      return key::kLeft;
    case sf::Keyboard::Right:
      return key::kRight;
    case sf::Keyboard::Up:
      return key::kUp;
    case sf::Keyboard::Down:
      return key::kDown;
    case sf::Keyboard::Escape:
      return key::kEscape;
    case sf::Keyboard::Tab:
      return key::kTab;
    case sf::Keyboard::Enter:
      return key::kEnter;
    default:
      return 0;
  }
}

char32_t key_of(sf::Keyboard::Key code) {
  using sf::Keyboard;
  if (code >= Keyboard::A && code <= Keyboard::Z) return U'a' + static_cast<char32_t>(code - Keyboard::A);
  if (code >= Keyboard::Num0 && code <= Keyboard::Num9)
    return U'0' + static_cast<char32_t>(code - Keyboard::Num0);
  if (code == Keyboard::Space) return key::kSpace;
  return without_text(code);
}

/// Turns keyboard events into input: characters come from typed text, whatever the layout; keys without a
/// character from key presses.
class Keyboard {
 public:
  /// Adds the input that this event causes.
  void take(const sf::Event& event, std::vector<Input>& input);
  bool held(char32_t key) const;

 private:
  void press(sf::Keyboard::Key code, std::vector<Input>& input);

  std::bitset<sf::Keyboard::KeyCount> held_;
  bool repeated_ = false;  // of the latest key
};

void Keyboard::press(sf::Keyboard::Key code, std::vector<Input>& input) {
  const bool known = code >= 0 && code < sf::Keyboard::KeyCount;
  repeated_ = known && held_[static_cast<std::size_t>(code)];
  if (known) held_.set(static_cast<std::size_t>(code));
  if (const char32_t key = without_text(code); key != 0)
    input.push_back({.kind = Input::Kind::key, .key = key, .repeated = repeated_});
}

void Keyboard::take(const sf::Event& event, std::vector<Input>& input) {
  if (event.type == sf::Event::KeyPressed) press(event.key.code, input);
  if (event.type == sf::Event::TextEntered && is_text(event.text.unicode))
    input.push_back({.kind = Input::Kind::key, .key = event.text.unicode, .repeated = repeated_});
  if (event.type == sf::Event::KeyReleased && event.key.code >= 0)
    held_.reset(static_cast<std::size_t>(event.key.code));
  if (event.type == sf::Event::LostFocus) held_.reset();  // their release goes to another window
}

bool Keyboard::held(char32_t key) const {
  for (std::size_t code = 0; code < held_.size(); ++code)
    if (held_[code] && key_of(static_cast<sf::Keyboard::Key>(code)) == key) return true;
  return false;
}

/// Paints the image over the whole target, stretched by these factors.
void cover(cairo_surface_t* target, const Image& image, double across, double down) {
  const CairoSurface pixels = surface_over(image);
  const CairoContext context(cairo_create(target));
  cairo_t* const cairo = context.get();
  cairo_scale(cairo, across, down);
  cairo_set_source_surface(cairo, pixels.get(), 0, 0);
  cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
  cairo_set_operator(cairo, CAIRO_OPERATOR_SOURCE);
  cairo_paint(cairo);
  cairo_surface_flush(target);
}

/// The inside of an X window, painted through a separate connection. Plain pixels take the server a tenth of
/// the time of OpenGL with a software driver.
class WindowSurface {
 public:
  /// `window` is its X id. Throws NoDisplay if it does not exist.
  WindowSurface(DisplayConnection display, unsigned long window);

  /// Shows the image, stretched to this size in pixels, which must be that of the window.
  void show(const Image& image, int width, int height);

 private:
  /// Shows an image of the window's size.
  void put(const Image& image);

  DisplayConnection display_;
  CairoSurface surface_;
  Image stretched_;
};

WindowSurface::WindowSurface(DisplayConnection display, unsigned long window) : display_(std::move(display)) {
  XWindowAttributes is{};
  if (XGetWindowAttributes(display_.get(), window, &is) == 0) throw NoDisplay("it opens no window");
  surface_.reset(cairo_xlib_surface_create(display_.get(), window, is.visual, is.width, is.height));
}

void WindowSurface::show(const Image& image, int width, int height) {
  if (image.width() == width && image.height() == height) return put(image);
  stretched_.resize(width, height);
  cover(surface_over(stretched_).get(), image, static_cast<double>(width) / image.width(),
        static_cast<double>(height) / image.height());
  put(stretched_);
}

void WindowSurface::put(const Image& image) {
  cairo_xlib_surface_set_size(surface_.get(), image.width(), image.height());
  cover(surface_.get(), image, 1, 1);
  XFlush(display_.get());
}

constexpr double kDeadZone = 0.1;  // sticks rarely rest at zero

/// The requested size, or smaller in the same proportion if the screen is too small.
sf::VideoMode fitting(int width, int height) {
  const auto screen = sf::VideoMode::getDesktopMode();
  const double wide = std::max(1, width), high = std::max(1, height);
  const double factor = std::min({1.0, screen.width / wide, screen.height / high});
  const auto fit = [&](double length) { return std::max(1U, static_cast<unsigned>(length * factor)); };
  return {fit(wide), fit(high), screen.bitsPerPixel};
}

int side(unsigned pixels) { return static_cast<int>(std::clamp(pixels, 1U, unsigned{Image::kLargestSide})); }

double deflection(unsigned joystick, sf::Joystick::Axis axis) {
  const double value = sf::Joystick::getAxisPosition(joystick, axis) / 100.0;
  return std::abs(value) < kDeadZone ? 0 : std::clamp(value, -1.0, 1.0);
}

sf::String text(const std::string& utf8) { return sf::String::fromUtf8(utf8.begin(), utf8.end()); }

class SfmlWindow final : public Window {
 public:
  SfmlWindow(DisplayConnection display, const std::string& title, sf::VideoMode mode)
      : window_(mode, text(title)), surface_(std::move(display), window_.getSystemHandle()) {
    const auto screen = sf::VideoMode::getDesktopMode();  // SFML does not always centre windows itself
    window_.setPosition(
        {static_cast<int>(screen.width - mode.width) / 2, static_cast<int>(screen.height - mode.height) / 2});
  }

  int width() const override { return side(window_.getSize().x); }
  int height() const override { return side(window_.getSize().y); }

  std::vector<Input> take_input() override {
    std::vector<Input> input;
    bool resized = false;
    for (sf::Event event{}; window_.pollEvent(event);) {
      keyboard_.take(event, input);
      if (event.type == sf::Event::Closed) input.push_back({.kind = Input::Kind::closed});
      resized = resized || event.type == sf::Event::Resized;
    }
    if (resized) input.push_back({.kind = Input::Kind::resized});
    return input;
  }

  bool held(char32_t key) const override { return keyboard_.held(key); }

  Stick stick() const override {
    for (unsigned joystick = 0; joystick < sf::Joystick::Count; ++joystick)
      if (sf::Joystick::isConnected(joystick))
        return {.connected = true,
                .x = deflection(joystick, sf::Joystick::X),
                .y = -deflection(joystick, sf::Joystick::Y)};
    return {};
  }

  void show(const Image& image) override { surface_.show(image, width(), height()); }
  void set_title(const std::string& title) override { window_.setTitle(text(title)); }

 private:
  sf::Window window_;
  WindowSurface surface_;
  Keyboard keyboard_;
};

void check() { connect_display(); }

std::unique_ptr<Window> open(const std::string& title, int width, int height) {
  auto display = connect_display();
  sf::err().rdbuf(nullptr);  // it would write between the program's lines
  return std::make_unique<SfmlWindow>(std::move(display), title, fitting(width, height));
}

}  // namespace

const WindowSystem kSfmlWindows{check, open};

}  // namespace rhoam::render
