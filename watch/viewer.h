#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "rhoam/render/scene/screen.h"
#include "rhoam/render/scene/window.h"
#include "rhoam/watch/manual_control.h"
#include "rhoam/watch/playback.h"

namespace rhoam::watch {

/// Directions that the person holds: to the right and upwards, −1 … 1.
struct Held {
  double x = 0, y = 0;
};

/// Parts of the picture that a viewer has switched on.
struct Shown {
  bool overlays = true, charts = true, ghosts = false;
};

/// Choices that a viewer makes with keys, and the pace at which episodes play.
class Viewer {
 public:
  static constexpr double kStepsPerSecond = 50;  ///< of real time, as in Gymnasium

  /// The playback is borrowed.
  explicit Viewer(Playback& playback)
      : playback_(playback), hands_(playback.simulations()[0].spec().action) {}

  /// Carries out a key's command; unknown keys are ignored. `repeated`: the key is held down.
  void press(char32_t key, bool repeated = false);
  /// Advances time and plays the steps that are due. Returns true when the last step of an episode has just
  /// been played for the first time.
  bool pass(double seconds, Held held);
  /// Whether an ended episode has been shown long enough.
  bool wants_next() const;
  /// To be called after an episode was started.
  void begin_episode();
  void notify(const std::string& text);

  void set_speed(double speed) { speed_ = speed; }
  /// Pauses until the person starts; the person is in control of every episode.
  void wait_for_hand();
  double speed() const { return speed_; }
  const Shown& shown() const { return shown_; }
  bool help() const { return help_; }
  bool paused() const { return paused_; }
  bool by_hand() const { return by_hand_; }
  const std::string& notice() const { return notice_; }
  /// The parameter that the drift panel points to; nothing while it is closed.
  std::optional<std::size_t> selected() const;
  /// Seed, speed and mode in a line.
  std::string status() const;
  bool quits() const { return quits_; }
  /// Whether a key has asked for one since the last call.
  bool take_screenshot() { return std::exchange(screenshot_, false); }
  bool take_record() { return std::exchange(record_, false); }

  /// Every key, for the help card.
  static std::span<const render::KeyHelp> keys();

  void show(const Shown& shown) { shown_ = shown; }

 private:
  struct Binding;
  static std::span<const Binding> bindings();
  bool press_in_panel(char32_t key);
  void turn(double direction);
  void toggle_hand();
  void toggle_ghosts();
  void toggle_greedy();
  void single_step(bool forward);
  /// Who chooses the actions.
  std::string mode() const;
  void change_episode(void (Playback::*change)());

  Playback& playback_;
  ManualControl hands_;
  double speed_ = 1, due_ = 0, ended_for_ = 0, notice_for_ = 0;
  bool paused_ = false, help_ = false, panel_ = false, by_hand_ = false, quits_ = false, screenshot_ = false,
       record_ = false, plays_ = false;
  std::int64_t reported_ = -1;  ///< the last episode whose end was reported
  std::size_t selected_ = 0;
  Shown shown_;
  std::string notice_;
};

}  // namespace rhoam::watch
