#include "rhoam/render/scene/scene_painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "rhoam/render/scene/exhaust_particles.h"

namespace rhoam::render {
namespace {

constexpr double kFarthest = 1e5;  // pixels; far outside, so that the visible part keeps its shape

double extent(double low, double high) {
  const double size = high - low;
  return size > 0 && std::isfinite(size) ? size : 1;
}

double middle(double low, double high) {
  const double at = low + (high - low) / 2;
  return std::isfinite(at) ? at : 0;
}

}  // namespace

Projection::Projection(const envs::DrawList::View& view, const Rect& into)
    : scale_(
          std::min(into.width / extent(view.left, view.right), into.height / extent(view.bottom, view.top))),
      middle_{middle(view.left, view.right), middle(view.bottom, view.top)},
      centre_{into.x + into.width / 2, into.y + into.height / 2} {}

Point Projection::operator()(envs::Spot spot) const {
  return {std::clamp(centre_.x + scale_ * (spot.x - middle_.x), -kFarthest, kFarthest),
          std::clamp(centre_.y - scale_ * (spot.y - middle_.y), -kFarthest, kFarthest)};
}

namespace {

using envs::Layer;
using envs::Shape;

constexpr double kThinnest = 1;
constexpr double kGhostOpacity = 0.45, kTint = 0.6;

/// Paints the shapes of one world.
class Painter {
 public:
  Painter(Canvas& canvas, const envs::DrawList& world, const Rect& into)
      : canvas_(canvas), world_(world), projection_(world.view(), into) {}

  const Projection& projection() const { return projection_; }
  void paint(const Shape& shape, Color color);
  /// The rectangle that a shape covers; empty if it has no place.
  Rect bounds(const Shape& shape);

 private:
  bool place(const Shape& shape);
  void arrow(double width, Color color);
  void text(const Shape& shape, Color color);
  double pixels(double size) const { return std::clamp(size * projection_.scale(), 0.0, 1e4); }

  Canvas& canvas_;
  const envs::DrawList& world_;
  Projection projection_;
  std::vector<Point> points_;  // of the current shape
};

/// Projects the points of a shape. Returns false if a point is NaN or the size is not finite.
bool Painter::place(const Shape& shape) {
  points_.clear();
  for (const auto& spot : world_.points(shape)) points_.push_back(projection_(spot));
  return std::isfinite(shape.size) && std::ranges::none_of(points_, &Point::is_gap);
}

void Painter::paint(const Shape& shape, Color color) {
  if (!place(shape)) return;
  const double size = pixels(shape.size);
  switch (shape.kind) {
    case Shape::Kind::polygon:
      return canvas_.fill(points_, color);
    case Shape::Kind::line:
      return canvas_.line(points_, {.color = color, .width = std::max(size, kThinnest)});
    case Shape::Kind::disc:
      return canvas_.discs(points_, 2 * size, color);
    case Shape::Kind::arrow:
      return arrow(std::max(size, kThinnest), color);
    case Shape::Kind::text:
      return text(shape, color);
  }
}

/// A short arrow fades, so that one around zero does not flicker; its head shrinks with it.
void Painter::arrow(double width, Color color) {
  constexpr double kGone = 3, kWhole = 10;          // pixels of length
  constexpr double kHeadLength = 4, kHeadWide = 2;  // times the width; the latter on each side
  const Point from = points_[0], to = points_[1];
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (length <= kGone) return;
  const double head = std::min(kHeadLength * width, length / 2), wide = head * kHeadWide / kHeadLength;
  const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
  const auto at = [&](double forward, double aside) {
    return Point{from.x + forward * along.x - aside * along.y, from.y + forward * along.y + aside * along.x};
  };
  const double half = std::min(width / 2, wide / 2), neck = length - head;
  canvas_.fill(std::array{at(0, half), at(neck, half), at(neck, wide), to, at(neck, -wide), at(neck, -half),
                          at(0, -half)},
               color.with_alpha(std::min((length - kGone) / (kWhole - kGone), 1.0)));
}

void Painter::text(const Shape& shape, Color color) {
  constexpr double kSmallest = 6, kLargest = 400;
  const Font font(std::clamp(pixels(shape.size), kSmallest, kLargest));
  canvas_.text({points_[0].x, font.base_line(points_[0].y)}, world_.text(shape), font, color, Align::centre);
}

Rect Painter::bounds(const Shape& shape) {
  if (!place(shape) || points_.empty()) return {};
  const auto [left, right] = std::ranges::minmax(points_, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(points_, {}, &Point::y);
  const double around = pixels(shape.size) + kThinnest;
  return {left.x - around, top.y - around, right.x - left.x + 2 * around, bottom.y - top.y + 2 * around};
}

bool is_empty(const Rect& r) { return !(r.width > 0 && r.height > 0); }

Rect both(const Rect& a, const Rect& b) {
  if (is_empty(a) || is_empty(b)) return is_empty(a) ? b : a;
  const double left = std::min(a.x, b.x), top = std::min(a.y, b.y);
  return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

void paint_flames(Canvas& canvas, const Projection& projection, const Scene& scene) {
  for (const auto& [centre, radius, color] : flames(scene)) {
    const Point at = projection(centre);
    const double pixels = radius * projection.scale();
    if (!at.is_gap() && std::isfinite(pixels)) canvas.glow(at, pixels, color);
  }
}

bool is_actor(const Shape& shape) { return shape.layer == Layer::actors; }

/// The colour of a shape, tinted if the agent moves it.
Color color_of(const Shape& shape, const std::optional<Color>& tint, const Theme& theme) {
  const Color color = theme.of(shape.ink);
  return tint && is_actor(shape) ? color.mixed(*tint, kTint) : color;
}

}  // namespace

void paint_scene(Canvas& canvas, const Rect& into, const Scene& scene, const Theme& theme,
                 const std::optional<Color>& tint) {
  if (scene.recent.empty() || is_empty(into)) return;
  const envs::DrawList& world = *scene.recent.back();
  Painter painter(canvas, world, into);
  canvas.clip(into);
  canvas.fill(std::array{into}, theme.of(world.view().behind));
  paint_flames(canvas, painter.projection(), scene);
  for (const auto& shape : world.shapes())
    if (scene.notes || shape.layer != Layer::notes) painter.paint(shape, color_of(shape, tint, theme));
  canvas.unclip();
}

void paint_ghost(Canvas& canvas, const Rect& into, const Scene& ghost, Color tint, const Theme& theme) {
  if (ghost.recent.empty() || is_empty(into)) return;
  const envs::DrawList& world = *ghost.recent.back();
  Painter painter(canvas, world, into);
  Rect room;  // a group costs time by the area it may cover
  for (const auto& shape : world.shapes())
    if (is_actor(shape)) room = both(room, painter.bounds(shape));
  canvas.clip(into);
  canvas.clip(room);
  canvas.begin_group();
  for (const auto& shape : world.shapes())
    if (is_actor(shape)) painter.paint(shape, color_of(shape, tint, theme));
  canvas.end_group(kGhostOpacity);
  canvas.unclip();
  canvas.unclip();
}

}  // namespace rhoam::render
