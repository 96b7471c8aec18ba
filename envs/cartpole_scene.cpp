// Picture of a cart-pole: Gymnasium's 600 × 400 pixels, the track at y = 0.
#include <algorithm>

#include "rhoam/envs/cartpole.h"
#include "rhoam/envs/pose.h"

namespace rhoam::envs {
namespace {

constexpr double kWidth = 600, kAbove = 300, kBelow = 100;  // pixels: the view, above and below the track
constexpr double kCartWidth = 50, kCartHeight = 30, kPoleWidth = 10;
constexpr double kAxle = kCartHeight / 4;  // above the track
constexpr double kHeadroom = 20;           // over an upright pole
constexpr double kTick = 8, kArrow = 3;
constexpr double kPixelsPerNewton = 4, kSecondsOfArrow = 0.25;
constexpr double kLongestArrow = 200;

/// The size of a pixel [m]: Gymnasium's, or larger to show the whole track and an upright pole.
double pixel_of(const CartPole& world) {
  const double half_track = std::max(CartPole().x_threshold, world.x_threshold);
  return std::max(2 * half_track / kWidth, 2 * world.length / (kAbove - kHeadroom));
}

void draw_track(const CartPole& world, double pixel, DrawList& out) {
  const double far = 2 * kWidth * pixel;  // beyond any space beside the view
  out.line(Ink::line, std::array<Spot, 2>{{{-far, 0}, {far, 0}}});
  for (const double end : {-world.x_threshold, world.x_threshold})
    out.line(Ink::line, std::array<Spot, 2>{{{end, -kTick * pixel}, {end, kTick * pixel}}});
}

void draw_cart(double x, double pixel, DrawList& out) {
  const double half_width = kCartWidth / 2 * pixel, half_height = kCartHeight / 2 * pixel;
  out.polygon(Ink::cart, rectangle(x - half_width, -half_height, x + half_width, half_height));
}

void draw_pole(double x, double theta, double length, double pixel, DrawList& out) {
  const double half_width = kPoleWidth / 2 * pixel;
  const Pose pose{.origin = {x, kAxle * pixel}, .angle = -theta};
  out.polygon(Ink::pole, pose(rectangle(-half_width, -half_width, half_width, 2 * length - half_width)));
  out.disc(Ink::joint, pose.origin, half_width);
}

/// Arrows: the push, at the side that is pushed; the velocity, below the cart.
void draw_motion(double x, double x_dot, double force, double pixel, DrawList& out) {
  const double push = std::clamp(force * kPixelsPerNewton, -kLongestArrow, kLongestArrow) * pixel;
  const double side = x - std::copysign(kCartWidth / 2 * pixel, force);
  if (force != 0) out.arrow(Ink::thrust, {side - push, 0}, {side, 0}, kArrow * pixel);
  const double longest = kLongestArrow * pixel, below = -kCartHeight * pixel;
  const double ahead = std::clamp(x_dot * kSecondsOfArrow, -longest, longest);
  out.arrow(Ink::velocity, {x, below}, {x + ahead, below}, kArrow * pixel);
}

}  // namespace

void CartPole::draw(DrawList& out) const {
  const double pixel = pixel_of(*this), edge = kWidth / 2 * pixel;
  const double x = std::clamp(state[0], -2 * edge, 2 * edge);
  out.look_at({.left = -edge, .bottom = -kBelow * pixel, .right = edge, .top = kAbove * pixel});
  out.use(Layer::scenery);
  draw_track(*this, pixel, out);
  out.use(Layer::actors);
  draw_cart(x, pixel, out);
  draw_pole(x, state[2], length, pixel, out);
  if (std::abs(state[2]) > theta_threshold_radians)
    out.end({.text = "fell over"});
  else if (std::abs(state[0]) > x_threshold)
    out.end({.text = "left the track"});
  out.use(Layer::notes);
  draw_motion(x, state[1], pushed, pixel, out);
  out.gauge({.name = "gravity", .value = gravity, .low = 0, .high = std::max(20.0, gravity), .unit = "m/s²"});
}

}  // namespace rhoam::envs
