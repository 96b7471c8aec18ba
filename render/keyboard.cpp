#include "render/keyboard.h"

namespace rhoam::render {
namespace {

/// Control characters come with keys of their own, or with Ctrl, which means nothing here.
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

}  // namespace

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

}  // namespace rhoam::render
