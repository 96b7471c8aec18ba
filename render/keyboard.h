#pragma once
#include <SFML/Window/Event.hpp>
#include <bitset>
#include <vector>

#include "render/window.h"

namespace rhoam::render {

/// Turns the events of a keyboard into input: characters come from the text typed, whatever the layout; keys
/// without one from being pressed.
class Keyboard {
 public:
  /// Adds what this event means.
  void take(const sf::Event& event, std::vector<Input>& input);
  bool held(char32_t key) const;

 private:
  void press(sf::Keyboard::Key code, std::vector<Input>& input);

  std::bitset<sf::Keyboard::KeyCount> held_;
  bool repeated_ = false;  // of the latest key
};

}  // namespace rhoam::render
