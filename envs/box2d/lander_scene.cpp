// Picture of a lander: Gymnasium's, at 30 pixels per metre.
#include <algorithm>

#include "rhoam/envs/box2d/lander_world.h"
#include "rhoam/envs/box2d/lunar_lander.h"
#include "rhoam/envs/pose.h"

namespace rhoam::envs {
namespace {

constexpr double kPixel = 1 / kLanderScale;
constexpr double kBeyond = kLanderWidth;  // scenery beyond any space around the view
constexpr double kFlagHeight = 50 * kPixel, kPennantHeight = 10 * kPixel, kPennantLength = 25 * kPixel;
constexpr double kArrow = 2 * kPixel;
constexpr double kSecondsOfArrow = 0.25;
constexpr double kThrustArrow = 1.2;  // length at full thrust of the default engine [m]
constexpr double kLongestThrust = 3;  // as a multiple of that thrust
// Mean speed of Gymnasium's particles at full throttle [m/s].
constexpr double kMainGas = 35, kSideGas = 25;

constexpr Spot kMainNozzle{0, -10 * kPixel}, kHullTop{0, 17 * kPixel};
constexpr double kSideAway = 15 * kPixel, kSideHeight = 14 * kPixel;

Pose pose_of(const LanderScene::Body& body) { return {.origin = {body.x, body.y}, .angle = body.angle}; }

using Terrain = decltype(LanderScene::terrain);

void draw_ground(const Terrain& terrain, DrawList& out) {
  constexpr double kLeft = -kBeyond, kRight = kLanderWidth + kBeyond;
  constexpr std::size_t kHeights = std::tuple_size_v<Terrain>;
  std::array<Spot, kHeights + 4> ground{{{kLeft, -kBeyond}, {kLeft, terrain.front()}}};
  for (std::size_t i = 0; i < kHeights; ++i)
    ground[i + 2] = {kLanderWidth * static_cast<double>(i) / (kHeights - 1), terrain[i]};
  ground[kHeights + 2] = {kRight, terrain.back()};
  ground[kHeights + 3] = {kRight, -kBeyond};
  out.polygon(Ink::ground, ground);
}

void draw_flag(Spot foot, DrawList& out) {
  const Spot top{foot.x, foot.y + kFlagHeight};
  out.line(Ink::flag_pole, std::array{foot, top});
  const Spot tip{top.x + kPennantLength, top.y - kPennantHeight / 2};
  out.polygon(Ink::flag, std::array{top, tip, Spot{top.x, top.y - kPennantHeight}});
}

void draw_lander(const LanderScene& scene, DrawList& out) {
  constexpr auto kLeg = rectangle(-kLegHalfWidth, -kLegHalfHeight, kLegHalfWidth, kLegHalfHeight);
  for (std::size_t i = 0; i < scene.legs.size(); ++i) {
    const auto leg = pose_of(scene.legs[i])(kLeg);
    out.polygon(scene.leg_contact[i] ? Ink::lit : Ink::limb, leg);
    out.outline(Ink::limb_edge, leg);
  }
  std::array<Spot, kHullPixels.size()> hull;
  std::ranges::transform(kHullPixels, hull.begin(), [](auto p) {
    return Spot{p.first * kPixel, p.second * kPixel};
  });
  hull = pose_of(scene.hull)(hull);
  out.polygon(Ink::body, hull);
  out.outline(Ink::body_edge, hull);
}

/// An engine at work, in the frame of the hull.
struct Jet {
  Spot nozzle, out;  ///< where the gas leaves, and its direction, a unit vector
  Spot pushed;       ///< where its push is drawn
  double throttle, gas_speed, strength;
  double flame;  ///< its size at full throttle, as a fraction of the largest
};

void draw_jet(const LanderScene::Body& hull, const Jet& jet, DrawList& out) {
  if (jet.throttle == 0) return;
  const Pose pose = pose_of(hull);
  const Spot away = pose.turned(jet.out), from = pose(jet.pushed);
  const double speed = jet.gas_speed * jet.throttle;
  out.exhaust({.nozzle = pose(jet.nozzle),
               .velocity = {hull.vx + speed * away.x, hull.vy + speed * away.y},
               .power = jet.flame * jet.throttle});
  const double length = kThrustArrow * std::min(jet.strength * jet.throttle, kLongestThrust);
  out.arrow(Ink::thrust, from, {from.x - length * away.x, from.y - length * away.y}, kArrow);
}

/// Marks a lander above the view by a triangle at the upper edge; no lower than the margin above a viewer's
/// cards.
void draw_absent(const LanderScene::Body& hull, DrawList& out) {
  constexpr double kReach = 30 * kPixel, kHalfWidth = 6 * kPixel;
  constexpr double kTip = kLanderHeight - kPixel, kFoot = kLanderHeight - 8 * kPixel;
  if (hull.y < kLanderHeight + kReach) return;
  const double x = std::clamp(hull.x, kHalfWidth, kLanderWidth - kHalfWidth);
  out.polygon(Ink::body, std::array<Spot, 3>{{{x, kTip}, {x - kHalfWidth, kFoot}, {x + kHalfWidth, kFoot}}});
}

/// Arrows for the hull's velocity and its engines' thrust; a strength is relative to the default engine.
void draw_motion(const LanderScene& scene, double main_strength, double side_strength, DrawList& out) {
  const auto& hull = scene.hull;
  out.arrow(Ink::velocity, {hull.x, hull.y},
            {hull.x + kSecondsOfArrow * hull.vx, hull.y + kSecondsOfArrow * hull.vy}, kArrow);
  draw_jet(hull,
           {.nozzle = kMainNozzle,
            .out = {0, -1},
            .pushed = kHullTop,
            .throttle = scene.main_throttle,
            .gas_speed = kMainGas,
            .strength = main_strength,
            .flame = 1},
           out);
  const double side = scene.side_throttle > 0 ? -1 : 1;  // what pushes to the right leaves to the left
  draw_jet(hull,
           {.nozzle = {side * kSideAway, kSideHeight},
            .out = {side, 0},
            .pushed = {-side * kSideAway, kSideHeight},
            .throttle = std::abs(scene.side_throttle),
            .gas_speed = kSideGas,
            .strength = side_strength,
            .flame = 0.4},
           out);
}

void add_parts(const LanderReturn& earned, DrawList& out) {
  out.part({.name = "distance", .value = earned.distance});
  out.part({.name = "speed", .value = earned.speed});
  out.part({.name = "angle", .value = earned.angle});
  out.part({.name = "legs", .value = earned.legs});
  out.part({.name = "main engine", .value = earned.main_engine});
  out.part({.name = "side engines", .value = earned.side_engines});
  out.part({.name = "ending", .value = earned.ending});
}

EndingText ending_of(const LanderScene& scene, double earned) {
  if (earned == 0) return {};
  if (earned > 0) return {.text = "landed", .good = true};
  return {.text = scene.hull_contact ? "crashed" : "out of view"};
}

}  // namespace

void LunarLander::draw(DrawList& out) const {
  const LanderScene now = scene();
  out.look_at({.left = 0, .bottom = 0, .right = kLanderWidth, .top = kLanderHeight, .behind = Ink::space});
  out.use(Layer::scenery);
  draw_ground(now.terrain, out);
  for (const double part : {0.4, 0.6}) draw_flag({part * kLanderWidth, kLanderHeight / 4}, out);
  out.use(Layer::actors);
  draw_lander(now, out);
  out.use(Layer::notes);
  draw_absent(now.hull, out);
  const LunarLander built;
  draw_motion(now, main_engine_power / built.main_engine_power, side_engine_power / built.side_engine_power,
              out);
  add_parts(earned_, out);
  out.end(ending_of(now, earned_.ending));
  out.gauge({.name = "gravity", .value = gravity, .low = -12, .high = 0, .unit = "m/s²"});
  if (enable_wind == 0) return;
  const double wind = std::max(1.0, wind_power), turbulence = std::max(0.1, turbulence_power);
  out.gauge({.name = "wind", .value = now.wind, .low = -wind, .high = wind, .unit = "N"});
  out.gauge(
      {.name = "turbulence", .value = now.turbulence, .low = -turbulence, .high = turbulence, .unit = "N m"});
}

}  // namespace rhoam::envs
