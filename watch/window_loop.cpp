#include "rhoam/watch/window_loop.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <memory>
#include <thread>
#include <utility>

#include "rhoam/agents/networks.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/terminal.h"

namespace rhoam::watch {
namespace {

using Time = std::chrono::steady_clock;

constexpr double kLongestFrame = 0.25;  // seconds to advance at most, after the machine has slept
constexpr double kStill = 0.2;          // seconds between frames while paused and untouched
constexpr double kRefresh = 1;          // seconds between refreshes of the logs
constexpr double kFilmRate = 50;        // pictures per second of a film recorded from the window
constexpr int kMostCopies = 10;         // of a frame at most, when the machine is too slow

Held held_in(const render::Window& window) {
  const auto down = [&](char32_t one, char32_t other) { return window.held(one) || window.held(other); };
  const auto stick = window.stick();
  const double x = down(render::key::kRight, U'd') - down(render::key::kLeft, U'a');
  const double y = down(render::key::kUp, U'w') - down(render::key::kDown, U's');
  return {std::clamp(x + stick.x, -1.0, 1.0), std::clamp(y + stick.y, -1.0, 1.0)};
}

/// Main loop of an open window.
class WindowLoop {
 public:
  WindowLoop(render::Window& window, const Show& show)
      : window_(window), show_(show), follower_(show.follower) {}

  double run() {
    const auto frame = std::chrono::duration_cast<Time::duration>(
        std::chrono::duration<double>(1 / show_.frames_per_second));
    const auto start = Time::now();
    auto due = start;
    picture(0);  // before any queued key, which may save it
    while (goes_on()) {
      const auto now = Time::now();
      const double seconds = std::min(std::chrono::duration<double>(now - before_).count(), kLongestFrame);
      before_ = now;
      const bool touched = take_input();
      play(seconds);
      follow();
      look_at_logs(seconds);
      unshown_ += seconds;
      if (touched || !show_.viewer.paused() || film_ || unshown_ >= kStill) picture(seconds);
      due = std::max(due + frame, Time::now());
      std::this_thread::sleep_until(due);
    }
    if (film_) film_->finish();
    return static_cast<double>(pictures_) / std::chrono::duration<double>(Time::now() - start).count();
  }

 private:
  bool goes_on() const {
    return !closed_ && !show_.viewer.quits() && core::InterruptCatcher::signal() == 0 &&
           !(last_ && show_.viewer.wants_next());
  }

  /// Returns whether there was any input.
  bool take_input() {
    const auto inputs = window_.take_input();
    for (const auto& input : inputs) {
      if (input.kind == render::Input::Kind::closed) closed_ = true;
      if (input.kind == render::Input::Kind::key) show_.viewer.press(input.key, input.repeated);
    }
    if (show_.viewer.take_screenshot()) take_screenshot();
    if (show_.viewer.take_record()) toggle_film();
    return !inputs.empty();
  }

  void play(double seconds) {
    if (show_.viewer.pass(seconds, held_in(window_))) last_ = !show_.on_end();
    if (!show_.viewer.wants_next() || !goes_on()) return;
    show_.playback.next();
    show_.viewer.begin_episode();
  }

  /// Lets the newest agent play each next episode, whether it came by itself or by a key.
  void follow() {
    const auto number = show_.playback.number();
    if (follower_ == nullptr || number <= std::exchange(followed_, number)) return;
    auto newer = follower_->newest();
    if (!newer) return;
    show_.context.board.move(0, newer->trainee->steps);
    show_.viewer.notify(fmt::format("the agent after {} steps", newer->trainee->steps));
    show_.playback.simulations()[0].recast(std::move(*newer));
    show_.playback.restart();
    show_.viewer.begin_episode();
  }

  void look_at_logs(double seconds) {
    since_refresh_ += seconds;
    if (since_refresh_ < kRefresh) return;
    since_refresh_ = 0;
    if (displaced_) return;
    const auto other = follower_ != nullptr ? follower_->displaced_by() : std::nullopt;
    if (other) return end_following(*other);
    show_.context.board.refresh();
    if (follower_ != nullptr && follower_->gone()) show_.viewer.notify("the run has vanished");
  }

  /// Keeps agent and charts as they are: the run now in this directory is unrelated to them.
  void end_following(const std::string& env) {
    follower_ = nullptr;
    displaced_ = true;
    show_.viewer.notify("a run of " + env + " has taken the place of this one, which is followed no more");
  }

  void picture(double seconds) {
    if (!film_)  // a film's frames all have one size
      show_.context.image.resize(std::max(window_.width(), kSmallest), std::max(window_.height(), kSmallest));
    paint_frame(show_.playback, show_.viewer, "", show_.context);
    window_.show(show_.context.image);
    ++pictures_;
    unshown_ = 0;
    if (film_) record(seconds);
  }

  /// Adds as many frames as are due in real time.
  void record(double seconds) {
    pictures_due_ += seconds * kFilmRate;
    try {
      for (int copies = 0; pictures_due_ >= 1 && copies < kMostCopies; ++copies, pictures_due_ -= 1)
        film_->add(show_.context.image);
    } catch (const core::Error& error) {
      drop_film(error);
    }
  }

  void drop_film(const core::Error& error) {
    film_.reset();
    window_.set_title(title());
    tell(error);
  }

  /// Reports in the window and, so that it can be read later, on the terminal.
  void tell(const core::Error& error) {
    show_.viewer.notify(error.what());
    core::print_error(error.what());
  }

  void toggle_film() {
    try {
      if (film_) {
        film_->finish();
        film_.reset();
        window_.set_title(title());
        return show_.viewer.notify("recorded to " + film_name_);
      }
      film_name_ = free_name(env(), ".mp4");
      render::check_recording(film_name_);
      auto& image = show_.context.image;
      image.resize(image.width() / 2 * 2, image.height() / 2 * 2);
      film_ = render::make_recorder(film_name_, kFilmRate);
      pictures_due_ = 0;
      window_.set_title(title() + " · recording");
      show_.viewer.notify("recording; v stops");
    } catch (const core::Error& error) {
      drop_film(error);
    }
  }

  void take_screenshot() {
    const auto name = free_name(env(), ".png");
    try {
      core::replace_file(name, render::to_png(show_.context.image));
      show_.viewer.notify("saved " + name);
    } catch (const core::Error& error) {
      tell(error);
    }
  }

  const std::string& env() const { return show_.playback.simulations()[0].spec().id; }
  std::string title() const { return "rhoam · " + env(); }

  static constexpr int kSmallest = 64;

  render::Window& window_;
  const Show& show_;
  Follower* follower_;  ///< null: nothing is followed, or no longer
  Time::time_point before_ = Time::now();
  std::unique_ptr<render::Recorder> film_;
  std::string film_name_;
  double since_refresh_ = kRefresh, pictures_due_ = 0;
  double unshown_ = 0;  ///< seconds since the last picture
  std::int64_t pictures_ = 0, followed_ = 0;
  bool closed_ = false, last_ = false, displaced_ = false;
};

}  // namespace

std::string free_name(const std::string& env, const std::string& ending) {
  const std::time_t now = std::time(nullptr);
  char time[32];
  std::strftime(time, sizeof time, "%Y%m%d-%H%M%S", std::localtime(&now));
  for (int i = 0;; ++i) {
    const auto name = fmt::format("{}-{}{}{}", env, time, i > 0 ? fmt::format("-{}", i) : "", ending);
    if (!std::filesystem::exists(name)) return name;
  }
}

double run_window_loop(render::Window& window, const Show& show) { return WindowLoop(window, show).run(); }

}  // namespace rhoam::watch
