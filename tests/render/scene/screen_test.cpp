#include "rhoam/render/scene/screen.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "rhoam/tests/render/overlays.h"
#include "rhoam/tests/render/pictures.h"

namespace rhoam::render {
namespace {

const std::string kHostile = std::string(200, 'W') + "\xFF\xED\xA0\x80 \n\t" + std::string(3, '\0') + "ρ";

const Theme& theme() { return find_theme("light"); }

/// A world without anything in it, so that every other colour is of what lies over it.
class ScreenTest : public ::testing::Test {
 protected:
  Pane pane(const Overlay* overlay, const std::string& title = "") const {
    return {.title = title, .scene = {.recent = {&newest_, 1}}, .overlay = overlay};
  }
  Image painted(const Screen& screen, int width = 600, int height = 400, double scale = 1) const {
    Image image(width, height);
    paint_screen(image, scale, screen, theme());
    return image;
  }
  std::uint32_t empty_sky() const { return pixel(painted({.panes = {pane(nullptr)}}), 300, 200); }

 private:
  envs::DrawList world_;
  const envs::DrawList* newest_ = &world_;
};

bool has(const Image& image, Color color) { return std::ranges::count(image.pixels(), pixel_of(color)) > 0; }

std::ptrdiff_t count(const Image& image, Color color) {
  return std::ranges::count(image.pixels(), pixel_of(color));
}

/// A screen with all there can be.
void fill(Screen& screen, const DriftPanel& panel, const std::vector<KeyHelp>& keys, const Image& charts) {
  screen.charts = &charts;
  screen.caption = screen.status = screen.notice = kHostile;
  screen.help = keys;
  screen.drifts = &panel;
}

TEST_F(ScreenTest, TheSameInputGivesTheSamePixels) {
  const Overlay overlay = lander_overlay();
  const Screen screen{.panes = {pane(&overlay, "a"), pane(&overlay, "b")}, .status = "seed 7"};
  EXPECT_TRUE(same(painted(screen), painted(screen)));
}

TEST_F(ScreenTest, TheMiddleOfASceneIsNeverCovered) {
  Overlay overlay = lander_overlay(12);
  overlay.banner = "out of view";
  const Image image = painted({.panes = {pane(&overlay, "a2c")}, .caption = "caption", .status = "seed 7"});
  const auto sky = empty_sky();
  for (int y = 134; y < 267; ++y)
    for (int x = 200; x < 400; ++x) ASSERT_EQ(pixel(image, x, y), sky) << x << ", " << y;
}

TEST_F(ScreenTest, AProbableActionHasALongerBar) {
  Overlay overlay = lander_overlay(0);
  overlay.choices[1].probability = 0.2;
  const auto shorter = count(painted({.panes = {pane(&overlay)}}), theme().accent);
  overlay.choices[1].probability = 0.8;
  EXPECT_GT(count(painted({.panes = {pane(&overlay)}}), theme().accent), 2 * shorter);
}

TEST_F(ScreenTest, GainsAndLossesHaveTheirColours) {
  Overlay overlay{.parts = {{"distance", 50}}};
  const Image gain = painted({.panes = {pane(&overlay)}});
  overlay.parts[0].value = -50;
  const Image loss = painted({.panes = {pane(&overlay)}});
  EXPECT_TRUE(has(gain, theme().good) && !has(gain, theme().bad));
  EXPECT_TRUE(has(loss, theme().bad) && !has(loss, theme().good));
}

TEST_F(ScreenTest, ABannerHasTheColourOfItsTone) {
  Overlay overlay{.banner = "crashed", .tone = Overlay::Tone::bad};
  EXPECT_TRUE(has(painted({.panes = {pane(&overlay)}}), theme().bad));
  overlay.tone = Overlay::Tone::good;
  EXPECT_TRUE(has(painted({.panes = {pane(&overlay)}}), theme().good));
}

TEST_F(ScreenTest, ChartsLieAtTheRightEdge) {
  Image charts(400, 800);
  std::ranges::fill(charts.pixels(), 0xff123456);
  const Image image = painted({.panes = {pane(nullptr)}, .charts = &charts}, 1200, 800);
  EXPECT_EQ(pixel(image, 800, 0), 0xff123456);
  EXPECT_EQ(pixel(image, 1199, 799), 0xff123456);
  EXPECT_NE(pixel(image, 799, 400), 0xff123456);
}

TEST_F(ScreenTest, AUnitThatHasNoRoomIsLeftOut) {
  const auto painted_with = [&](const std::string& unit) {
    const Overlay overlay{.dials = {{.gauge = {"gravity", -10, -12, 0, unit}}}};
    return painted({.panes = {pane(&overlay)}});
  };
  EXPECT_TRUE(same(painted_with("metres per second and second"), painted_with("")));
  EXPECT_FALSE(same(painted_with("m/s²"), painted_with("")));
}

TEST_F(ScreenTest, APlayerWithAColourIsMarkedWithIt) {
  Pane marked = pane(nullptr, "a");
  EXPECT_FALSE(has(painted({.panes = {marked}}), theme().bad));
  marked.color = theme().bad;
  EXPECT_TRUE(has(painted({.panes = {marked}}), theme().bad));
}

TEST_F(ScreenTest, AGhostsNameBearsItsColour) {
  Pane haunted = pane(nullptr, "a");
  haunted.ghosts = {{"b", {}, theme().bad}};
  EXPECT_TRUE(has(painted({.panes = {haunted}}), theme().bad));
}

TEST_F(ScreenTest, TheSelectedParameterIsMarked) {
  const auto overlay = lander_overlay(4);
  DriftPanel panel{.dials = overlay.dials, .selected = 0};
  const Image first = painted({.panes = {pane(nullptr)}, .drifts = &panel});
  panel.selected = 1;
  EXPECT_FALSE(same(painted({.panes = {pane(nullptr)}, .drifts = &panel}), first));
}

TEST_F(ScreenTest, AnActionThatWasAlteredIsMarkedInTheColourOfThrust) {
  Overlay overlay{.levers = {{"main", 0, 0.1, 0.5, -1, 1, 0.5}}};
  const Color thrust = theme().of(envs::Ink::thrust);
  const auto before = count(painted({.panes = {pane(&overlay)}}, 1200, 800), thrust);
  overlay.levers[0].executed = -0.5;
  EXPECT_GT(count(painted({.panes = {pane(&overlay)}}, 1200, 800), thrust), before);
}

TEST_F(ScreenTest, APanelOfAWorldWithoutParametersIsEmpty) {
  const DriftPanel none{.dials = {}, .selected = 0};
  EXPECT_FALSE(
      same(painted({.panes = {pane(nullptr)}, .drifts = &none}), painted({.panes = {pane(nullptr)}})));
}

TEST_F(ScreenTest, HelpDimsTheWorld) {
  const std::vector<KeyHelp> keys{{"q", "quit"}};
  const Screen screen{.panes = {pane(nullptr)}, .help = keys};
  EXPECT_NE(pixel(painted(screen), 2, 200), empty_sky());
}

TEST_F(ScreenTest, HelpDimsTheCharts) {
  Image charts(400, 800);
  std::ranges::fill(charts.pixels(), 0xff123456);
  const std::vector<KeyHelp> keys{{"q", "quit"}};
  const Image image = painted({.panes = {pane(nullptr)}, .charts = &charts, .help = keys}, 1200, 800);
  EXPECT_FALSE(has(image, {0x12 / 255.0, 0x34 / 255.0, 0x56 / 255.0}));
}

TEST_F(ScreenTest, AScreenWithoutWorldsIsPaper) {
  const Image image = painted({});
  EXPECT_EQ(count(image, theme().paper), 600 * 400);
}

TEST_F(ScreenTest, HostileTextsAndNumbersArePaintedAtEverySize) {
  Overlay overlay = lander_overlay(12);
  overlay.banner = overlay.choices[0].name = overlay.parts[0].name = kHostile;
  overlay.dials[0] = {{kHostile, -1e300, -1e308, 1e308, kHostile}, kHostile, kNan};
  overlay.levers = {{kHostile, kNan, 1e300, -1e300, 0, 0}};
  overlay.step = std::numeric_limits<std::int64_t>::max();
  overlay.step_limit = -overlay.step;
  const DriftPanel panel{.dials = overlay.dials, .selected = 99, .keys = kHostile};
  const std::vector<KeyHelp> keys(40, {kHostile, kHostile});
  const Image charts(500, 500);
  for (const auto& [width, height] : {std::pair{1, 1}, {30, 500}, {320, 200}, {900, 30}, {1920, 1080}}) {
    Screen screen{.panes = {pane(&overlay, kHostile)}};
    screen.panes[0].ghosts = {{kHostile, {}, {}}, {kHostile, {}, {}}};
    fill(screen, panel, keys, charts);
    EXPECT_NO_THROW(painted(screen, width, height));
    screen.panes.resize(12, screen.panes[0]);
    EXPECT_NO_THROW(painted(screen, width, height));
  }
}

}  // namespace
}  // namespace rhoam::render
