#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/envs/draw_list.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/scene/scene.h"

namespace rhoam::render {

/// HUD contents of one world, in plain numbers. Empty fields are left out; NaN is shown as "–", so that the
/// layout does not jump when a number is missing for a moment.
struct Overlay {
  /// A discrete action: its probability under the policy, and whether it is the one that led here.
  struct Choice {
    std::string name;
    double probability;
    bool chosen;            ///< by the policy
    bool executed = false;  ///< by the world
  };
  /// A component of a continuous action: the policy's mean ± σ, its choice, the bounds, and what the world
  /// was given.
  struct Lever {
    std::string name;
    double mean, sigma, action, low, high;
    double executed = std::numeric_limits<double>::quiet_NaN();
  };
  /// A parameter or a force of the world; if it drifts, also its schedule and the phase within it.
  struct Dial {
    envs::Gauge gauge;
    std::string schedule = {};
    double phase = std::numeric_limits<double>::quiet_NaN();  ///< 0 … 1 of a period or dwell
  };
  enum class Tone { neutral, good, bad };

  std::int64_t step = 0, step_limit = 0;
  double episode_return = 0;
  std::vector<envs::ReturnPart> parts = {};
  double value = std::numeric_limits<double>::quiet_NaN();  ///< critic's V(s); NaN without a policy: no row
  std::vector<Choice> choices = {};
  std::vector<Lever> levers = {};
  bool alters_actions = false;  ///< something between policy and world may change them: both are shown
  std::vector<Dial> dials = {};
  std::string banner = {};  ///< how the episode ended
  Tone tone = Tone::neutral;
};

/// Another player's world, drawn translucent over that of a pane.
struct Ghost {
  std::string name;
  Scene scene;
  Color color;  ///< tints it, and marks its name
};

/// One world on the screen.
struct Pane {
  std::string title = {};           ///< the player; empty: none
  std::optional<Color> color = {};  ///< marks the title and, among ghosts, tints what moves; nothing: none
  Scene scene = {};
  std::vector<Ghost> ghosts = {};
  const Overlay* overlay = nullptr;  ///< null: hidden
};

}  // namespace rhoam::render
