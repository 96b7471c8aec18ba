// Picture of the bandit: ten bars around the zero line.
#include "rhoam/envs/drift_bandit.h"
#include "rhoam/envs/pose.h"

namespace rhoam::envs {
namespace {

constexpr double kTop = 3;                              // means beyond it are clipped
constexpr double kBarHalfWidth = 0.36, kLetters = 0.4;  // arms are one apart
constexpr double kLeft = -0.8, kRight = DriftBandit::kArms - 0.2;
constexpr double kLabels = -3.65, kTitle = 3.85, kTick = 0.15;
constexpr std::pair<double, const char*> kLevels[] = {{-3, "−3"}, {-2, "−2"}, {-1, "−1"}, {0, "0"},
                                                      {1, "1"},   {2, "2"},   {3, "3"}};

double height(double mean) { return std::clamp(mean, -kTop, kTop); }

void draw_scale(DrawList& out) {
  for (const auto& [level, label] : kLevels) {
    if (level != 0) out.line(Ink::line, std::array<Spot, 2>{{{kLeft, level}, {kLeft + kTick, level}}});
    out.text(Ink::text, {kLeft - kLetters, level}, kLetters, label);
  }
  for (int arm = 0; arm < DriftBandit::kArms; ++arm)
    out.text(Ink::text, {static_cast<double>(arm), kLabels}, kLetters, std::to_string(arm));
  out.text(Ink::text, {kLeft - kLetters, kLabels}, kLetters, "arm");
  out.text(Ink::text, {kLeft + kLetters / 2, kTitle}, kLetters, "mean reward");
}

void draw_bar(Ink ink, std::size_t arm, double mean, DrawList& out) {
  const auto x = static_cast<double>(arm);
  out.polygon(ink, rectangle(x - kBarHalfWidth, 0, x + kBarHalfWidth, height(mean)));
}

}  // namespace

void DriftBandit::draw(DrawList& out, std::span<const float>, std::span<const float> action) const {
  const auto best = static_cast<std::size_t>(std::ranges::max_element(means.values) - means.values.begin());
  const std::size_t pulled = action.empty() ? kArms : static_cast<std::size_t>(action[0]);
  out.look_at({.left = -2.2, .bottom = -4.25, .right = 10.7, .top = 4.35, .full = true});
  out.use(Layer::scenery);
  draw_scale(out);
  out.use(Layer::actors);
  for (std::size_t arm = 0; arm < means.values.size(); ++arm)
    draw_bar(arm == pulled ? Ink::chosen : Ink::bar, arm, means.values[arm], out);
  out.line(Ink::line, std::array<Spot, 2>{{{kLeft, 0}, {kRight, 0}}});
  out.use(Layer::notes);
  const double top = std::max(0.0, height(means.values[best]));
  out.text(Ink::text, {static_cast<double>(best), top + kLetters}, kLetters, "best");
  if (pulled == kArms) return;
  out.gauge({.name = "regret",
             .value = means.values[best] - means.values[pulled],
             .low = 0,
             .high = 4,
             .unit = ""});
}

}  // namespace rhoam::envs
