#include "rhoam/render/window/sfml_window.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <thread>

#include "rhoam/core/errors.h"
#include "rhoam/tests/core/scratch_folder.h"
#include "rhoam/tests/render/window_user.h"
#include "rhoam/tests/render/xvfb.h"

namespace rhoam::render {
namespace {

using test::WindowUser;
using test::Xvfb;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::Field;

/// The left part red, the right part blue.
Image two_colours(int width, int height) {
  Image image(width, height);
  for (int i = 0; i < width * height; ++i)
    image.pixels()[static_cast<std::size_t>(i)] = i % width < width / 2 ? 0xffff2010 : 0xff1020ff;
  return image;
}

/// Every pixel another colour.
Image many_colours(int width, int height) {
  Image image(width, height);
  std::uint32_t i = 0;
  for (auto& pixel : image.pixels()) pixel = 0xff000000 | i++ * 2654435761U >> 8;
  return image;
}

auto key_input(char32_t key) { return AllOf(Field(&Input::kind, Input::Kind::key), Field(&Input::key, key)); }
auto repeated_input(char32_t key) { return AllOf(key_input(key), Field(&Input::repeated, true)); }

class WindowTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Xvfb::is_there()) GTEST_SKIP() << "needs Xvfb: install the package xvfb";
    static const Xvfb display;
    setenv("DISPLAY", display.name().c_str(), 1);
    window_ = kSfmlWindows.open("rhoam", 300, 200);
    user_ = std::make_unique<WindowUser>("rhoam");
    user_->focus(true);
    settle();
  }

  /// Takes the input until nothing has come for a while.
  std::vector<Input> settle() {
    std::vector<Input> all;
    for (int quiet = 0; quiet < 5; ++quiet) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
      for (const auto& input : window_->take_input()) {
        all.push_back(input);
        quiet = 0;
      }
    }
    return all;
  }

  std::unique_ptr<WindowUser> user_;
  std::unique_ptr<Window> window_;
};

std::string refusal() {
  return test::error_of<NoDisplay>([] { kSfmlWindows.open("rhoam", 300, 200); });
}

TEST(WindowWithoutDisplay, IsRefusedWithTheReason) {
  unsetenv("DISPLAY");
  EXPECT_EQ(refusal(), "no display (DISPLAY is not set)");
}

TEST(WindowWithoutDisplay, IsRefusedSilentlyWhenTheServerIsNotThere) {
  setenv("DISPLAY", ":54321", 1);
  ::testing::internal::CaptureStderr();
  EXPECT_EQ(refusal(), "no display (cannot open ':54321')");
  EXPECT_EQ(::testing::internal::GetCapturedStderr(), "");
}

TEST(WindowWithoutDisplay, IsRefusedWhenTheServerHasNoOpenGl) {
  if (!Xvfb::is_there()) GTEST_SKIP() << "needs Xvfb: install the package xvfb";
  const Xvfb display({"-extension", "GLX"});
  EXPECT_THAT(refusal(), ::testing::HasSubstr("shows no OpenGL"));
}

TEST_F(WindowTest, ShowsThePictureAsItIs) {
  const auto image = many_colours(300, 200);
  window_->show(image);
  settle();
  EXPECT_TRUE(std::ranges::equal(user_->look().pixels(), image.pixels()));
}

TEST_F(WindowTest, StretchesAPictureOfAnotherSize) {
  window_->show(two_colours(600, 50));
  settle();
  const auto seen = user_->look();
  const auto at = [&](std::size_t x, std::size_t y) { return seen.pixels()[y * 300 + x]; };
  EXPECT_EQ(at(5, 5), 0xffff2010);
  EXPECT_EQ(at(140, 195), 0xffff2010);
  EXPECT_EQ(at(160, 195), 0xff1020ff);
}

TEST_F(WindowTest, FillsItsNewSize) {
  user_->resize(500, 333);
  EXPECT_THAT(settle(), ElementsAre(Field(&Input::kind, Input::Kind::resized)));
  EXPECT_EQ(window_->width(), 500);
  EXPECT_EQ(window_->height(), 333);
  const auto image = many_colours(500, 333);
  window_->show(image);
  settle();
  EXPECT_TRUE(std::ranges::equal(user_->look().pixels(), image.pixels()));
}

TEST_F(WindowTest, TellsTheLastOfManySizesOnce) {
  for (int i = 1; i <= 100; ++i) user_->resize(10 * i, 5 * i);
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(window_->take_input().size(), 1);
  EXPECT_EQ(window_->width(), 1000);
}

TEST_F(WindowTest, ShrinksToOnePixel) {
  user_->resize(1, 1);
  settle();
  window_->show(two_colours(300, 200));
  EXPECT_EQ(window_->width() * window_->height(), 1);
}

TEST_F(WindowTest, ComesBackFromBeingHidden) {
  user_->hide();
  for (int i = 0; i < 10; ++i) window_->show(two_colours(300, 200));
  user_->unhide();
  settle();
  const auto image = many_colours(300, 200);
  window_->show(image);
  settle();
  EXPECT_TRUE(std::ranges::equal(user_->look().pixels(), image.pixels()));
}

TEST_F(WindowTest, TakesCharactersAsTheyAreTyped) {
  for (const char* const key : {"r", "R", ".", "?", "+", "space"}) user_->type(key);
  EXPECT_THAT(settle(), ElementsAre(key_input('r'), key_input('R'), key_input('.'), key_input('?'),
                                    key_input('+'), key_input(key::kSpace)));
}

TEST_F(WindowTest, TakesKeysWithoutCharactersOnce) {
  for (const char* const key : {"Left", "Up", "Tab", "Escape", "Return"}) user_->type(key);
  EXPECT_THAT(settle(), ElementsAre(key_input(key::kLeft), key_input(key::kUp), key_input(key::kTab),
                                    key_input(key::kEscape), key_input(key::kEnter)));
}

TEST_F(WindowTest, PassesOverCtrlC) {
  user_->hold_control();
  user_->type("c");
  EXPECT_THAT(settle(), ElementsAre());
}

TEST_F(WindowTest, MarksKeysThatRepeat) {
  user_->press("Left");
  user_->repeat("Left");
  EXPECT_THAT(settle(), ElementsAre(Field(&Input::repeated, false), repeated_input(key::kLeft)));
  EXPECT_TRUE(window_->held(key::kLeft));
}

TEST_F(WindowTest, HoldsAKeyUntilItsRelease) {
  user_->press("w");
  settle();
  EXPECT_TRUE(window_->held('w'));
  user_->release("w");
  settle();
  EXPECT_FALSE(window_->held('w'));
}

TEST_F(WindowTest, HoldsNothingOnceAnotherWindowIsInFront) {
  user_->press("Up");
  settle();
  user_->focus(false);
  settle();
  EXPECT_FALSE(window_->held(key::kUp));
}

TEST_F(WindowTest, TellsThatTheUserClosesIt) {
  user_->close();
  EXPECT_THAT(settle(), ElementsAre(Field(&Input::kind, Input::Kind::closed)));
}

TEST_F(WindowTest, ChangesItsTitle) {
  window_->set_title("another");
  settle();
  EXPECT_EQ(user_->title(), "another");
}

TEST_F(WindowTest, HasNoStickWithoutAController) { EXPECT_FALSE(window_->stick().connected); }

TEST_F(WindowTest, FitsTheScreenInItsProportion) {
  const auto large = kSfmlWindows.open("large", 28000, 10000);
  EXPECT_EQ(large->width(), 1400);
  EXPECT_EQ(large->height(), 500);
}

/// Whether a screen of 16 bits shows red as its brightest red.
bool shows_red_with_few_colours() {
  const Xvfb display({}, 16);
  const auto window = kSfmlWindows.open("rhoam", 300, 200);
  WindowUser user("rhoam");
  window->show(two_colours(300, 200));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  constexpr std::uint32_t kRed = 31 << 11;
  return (user.look().pixels()[0] & kRed) == kRed;
}

/// Shows pictures until this process ends.
void watch_until_the_end() {
  Xvfb display;
  const auto window = kSfmlWindows.open("rhoam", 300, 200);
  display.kill();
  for (;;) window->show(two_colours(300, 200));
}

/// In processes of their own, as SFML keeps to its first display.
class WindowDeathTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!Xvfb::is_there()) GTEST_SKIP() << "needs Xvfb: install the package xvfb";
    GTEST_FLAG_SET(death_test_style, "threadsafe");
  }
};

TEST_F(WindowDeathTest, EndsWithOneLineWhenTheDisplayGoesAway) {
  EXPECT_EXIT(watch_until_the_end(), ::testing::ExitedWithCode(74),
              "^rhoam: the display has gone; recordings are being completed\n$");
}

TEST_F(WindowDeathTest, ShowsThePictureNearlyOnAScreenOfFewColours) {
  EXPECT_EXIT(std::exit(shows_red_with_few_colours() ? 0 : 1), ::testing::ExitedWithCode(0), "^$");
}

}  // namespace
}  // namespace rhoam::render
