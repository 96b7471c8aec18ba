#pragma once
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>

#include "rhoam/tests/apps/watched.h"
#include "rhoam/tests/render/window_user.h"
#include "rhoam/tests/render/xvfb.h"

namespace rhoam::tests {

/// A program with a window on a display of its own, and somebody who uses it.
class WindowedRun : public WatchedRun {
 protected:
  void SetUp() override {
    if (!test::Xvfb::is_there()) GTEST_SKIP() << "needs Xvfb: install the package xvfb";
    display_ = std::make_unique<test::Xvfb>();
  }
  void TearDown() override {
    user_.reset();
    program_.reset();
    if (display_) display_->kill();
  }

  /// Starts the program and waits for its window.
  void open(const Words& words) {
    program_ = std::make_unique<WindowLoop>(RHOAM_PROGRAM, words);
    if (!comes_true([&] { return has_window(); })) throw std::runtime_error("no window");
    user_->focus(true);
  }
  /// Whether there is a window, which is then the user's.
  bool has_window() {
    try {
      user_ = std::make_unique<test::WindowUser>("rhoam · CartPole-v1");
    } catch (const std::runtime_error&) {
      return false;
    }
    return true;
  }
  /// The picture once it stands still.
  render::Image look() {
    auto image = user_->look();
    comes_true([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      return same(image, std::exchange(image, user_->look()));
    });
    return image;
  }
  static bool same(const render::Image& one, const render::Image& other) {
    return std::ranges::equal(one.pixels(), other.pixels());
  }
  /// Types q, and the program ends as it should.
  Finished quit() {
    user_->type("q");
    auto finished = program_->wait();
    EXPECT_EQ(finished.code, 0) << finished.err;
    return finished;
  }
  /// The first file in the working directory with this ending, when it is there.
  static std::string file_ending(const std::string& ending) {
    std::string found;
    comes_true([&] {
      for (const auto& entry : std::filesystem::directory_iterator("."))
        if (entry.path().extension() == ending) found = entry.path().string();
      return !found.empty();
    });
    return found;
  }

  std::unique_ptr<test::Xvfb> display_;
  std::unique_ptr<WindowLoop> program_;
  std::unique_ptr<test::WindowUser> user_;
};

}  // namespace rhoam::tests
