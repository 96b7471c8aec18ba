// Picture of the wandering target: its value as a flag on a scale, the guess as a disc.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rhoam/envs/pose.h"
#include "rhoam/envs/tracking_target.h"

namespace rhoam::envs {
namespace {

constexpr double kEnd = 10, kMargin = 1.5;  // of the scale; what lies beyond is shown in the margin
constexpr std::pair<double, const char*> kMarks[] = {
    {-10, "−10"}, {-5, "−5"}, {0, "0"}, {5, "5"}, {10, "10"}};
constexpr double kLetters = 0.7, kTick = 0.25, kLabels = -1, kErrorText = -3;
constexpr double kFlagHeight = 4, kPennantHeight = 1, kPennantLength = 1.6;
constexpr double kRadius = 0.35, kErrorHeight = 0.22, kAbove = 0.8;  // a label above its object

double place(double value) { return std::clamp(value, -kEnd - kMargin / 2, kEnd + kMargin / 2); }

void draw_scale(DrawList& out) {
  out.line(Ink::line, std::array<Spot, 2>{{{-kEnd - kMargin, 0}, {kEnd + kMargin, 0}}});
  for (const auto& [x, label] : kMarks) {
    out.line(Ink::line, std::array<Spot, 2>{{{x, 0}, {x, -kTick}}});
    out.text(Ink::text, {x, kLabels}, kLetters, label);
  }
}

void draw_flag(double x, DrawList& out) {
  out.line(Ink::line, std::array<Spot, 2>{{{x, 0}, {x, kFlagHeight}}});
  out.polygon(Ink::flag, std::array<Spot, 3>{{{x, kFlagHeight},
                                              {x + kPennantLength, kFlagHeight - kPennantHeight / 2},
                                              {x, kFlagHeight - kPennantHeight}}});
}

void draw_error(double value, double guess, DrawList& out) {
  const double from = place(guess), to = place(value);
  out.polygon(Ink::thrust,
              rectangle(std::min(from, to), -kErrorHeight / 2, std::max(from, to), kErrorHeight / 2));
  out.text(Ink::text, {0, kErrorText}, kLetters, fmt::format("error {:.3g}", std::abs(guess - value)));
}

}  // namespace

void TrackingTarget::draw(DrawList& out, std::span<const float> seen, std::span<const float> action) const {
  const double at = value(seen);
  out.look_at({.left = -12, .bottom = -5.5, .right = 12, .top = 10.5});
  out.use(Layer::scenery);
  draw_scale(out);
  out.use(Layer::actors);
  draw_flag(place(at), out);
  out.text(Ink::text, {place(at), kFlagHeight + kAbove}, kLetters, "target");
  if (action.empty()) return;
  out.use(Layer::notes);
  draw_error(at, action[0], out);
  out.use(Layer::actors);
  out.disc(Ink::chosen, {place(action[0]), 0}, kRadius);
  out.text(Ink::text, {place(action[0]), kRadius + kAbove}, kLetters, "guess");
}

}  // namespace rhoam::envs
