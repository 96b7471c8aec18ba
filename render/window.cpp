#include "render/window.h"

#include <SFML/System/Err.hpp>
#include <SFML/Window/Joystick.hpp>
#include <SFML/Window/Window.hpp>
#include <algorithm>
#include <cmath>
#include <utility>

#include "render/display.h"
#include "render/keyboard.h"
#include "render/window_surface.h"

namespace rhoam::render {
namespace {

constexpr double kDeadZone = 0.1;  // sticks seldom rest at zero

/// As large as asked for, or smaller in the same proportion where the screen has no room.
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
    const auto screen = sf::VideoMode::getDesktopMode();  // SFML itself does not always find the middle
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

}  // namespace

std::unique_ptr<Window> open_window(const std::string& title, int width, int height) {
  auto display = connect_display();
  sf::err().rdbuf(nullptr);  // it would write into the lines of the program
  return std::make_unique<SfmlWindow>(std::move(display), title, fitting(width, height));
}

}  // namespace rhoam::render
