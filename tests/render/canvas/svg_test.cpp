#include "rhoam/render/canvas/svg.h"

#include <gtest/gtest.h>

#include "rhoam/tests/render/svg.h"

namespace rhoam::render {
namespace {

TEST(SvgCanvas, APictureDoesNotDependOnThoseBeforeIt) {
  const auto empty = [] { return SvgCanvas(100, 50).finish(); };
  EXPECT_EQ(empty(), empty());
}

TEST(SvgCanvas, TheSizeIsInPixels) {
  const std::string svg = SvgCanvas(100, 50).finish();
  EXPECT_NE(svg.find(R"(width="100px" height="50px" viewBox="0 0 100 50")"), std::string::npos);
}

TEST(SvgCanvas, NumbersHaveTwoDecimals) {
  SvgCanvas canvas(100, 50);
  const std::vector<Point> line{{1.126, 2}, {50.875, 40.0 / 3}};
  canvas.line(line, {.color = {0, 0, 1}, .width = 2});
  EXPECT_NE(canvas.finish().find(R"( d="M 1.12 2 L 50.87 13.37 ")"), std::string::npos);
}

TEST(SvgCanvas, TextIsOutlines) {
  SvgCanvas canvas(100, 50);
  canvas.text({10, 10}, "<&> ρ \xFF", Font(13), {});
  const std::string svg = canvas.finish();
  EXPECT_TRUE(is_well_formed(svg));
  EXPECT_EQ(svg.find("<text"), std::string::npos);
  EXPECT_NE(svg.find("<use "), std::string::npos);
}

TEST(SvgCanvas, NothingIsPaintedOfNothing) {
  SvgCanvas canvas(100, 50);
  canvas.fill(std::span<const Rect>(), {});
  canvas.fill(std::span<const Point>(), {});
  canvas.line({}, {});
  canvas.segments({}, {});
  canvas.discs({}, 5, {});
  EXPECT_EQ(canvas.finish(), SvgCanvas(100, 50).finish());
}

TEST(SvgCanvas, SaysWhatCairoRefuses) {
  SvgCanvas canvas(100, 50);
  const std::vector<Point> line{{1, 1}, {2, 2}};
  canvas.line(line, {.dashes = {-1}});
  EXPECT_THROW(canvas.finish(), std::runtime_error);
}

}  // namespace
}  // namespace rhoam::render
