// What there is to see of the bandit: ten bars around a line of zero.
#include "envs/drift_bandit.h"
#include "envs/pose.h"

namespace rhoam::envs {
namespace {

constexpr double kTop = 3;                              // means beyond it are cut
constexpr double kBarHalfWidth = 0.36, kLetters = 0.4;  // arms are one apart
constexpr double kLeft = -0.8, kRight = DriftBandit::kArms - 0.2;
constexpr double kLabels = -3.5;

double height(double mean) { return std::clamp(mean, -kTop, kTop); }

void draw_scale(DrawList& out) {
  for (const int level : {-3, -2, -1, 1, 2, 3}) {
    const auto y = static_cast<double>(level);
    out.line(Ink::line, std::array<Spot, 2>{{{kLeft, y}, {kLeft + 0.15, y}}});
    out.text(Ink::text, {kLeft - 0.4, y}, kLetters, std::to_string(level));
  }
  out.text(Ink::text, {kLeft - 0.4, 0}, kLetters, "0");
  for (int arm = 0; arm < DriftBandit::kArms; ++arm)
    out.text(Ink::text, {static_cast<double>(arm), kLabels}, kLetters, std::to_string(arm));
}

void draw_bar(Ink ink, std::size_t arm, double mean, DrawList& out) {
  const auto x = static_cast<double>(arm);
  out.polygon(ink, rectangle(x - kBarHalfWidth, 0, x + kBarHalfWidth, height(mean)));
}

}  // namespace

void DriftBandit::draw(DrawList& out, std::span<const float>, std::span<const float> action) const {
  const auto best = static_cast<std::size_t>(std::ranges::max_element(means.values) - means.values.begin());
  const std::size_t pulled = action.empty() ? kArms : static_cast<std::size_t>(action[0]);
  out.look_at({.left = -1.8, .bottom = -4.1, .right = 10.2, .top = 3.9});
  out.use(Layer::scenery);
  draw_scale(out);
  out.use(Layer::actors);
  for (std::size_t arm = 0; arm < means.values.size(); ++arm)
    draw_bar(arm == pulled ? Ink::chosen : Ink::bar, arm, means.values[arm], out);
  out.line(Ink::line, std::array<Spot, 2>{{{kLeft, 0}, {kRight, 0}}});
  out.use(Layer::notes);
  const double top = std::max(0.0, height(means.values[best]));
  out.text(Ink::text, {static_cast<double>(best), top + 0.4}, kLetters, "best");
  if (pulled == kArms) return;
  out.gauge({.name = "regret",
             .value = means.values[best] - means.values[pulled],
             .low = 0,
             .high = 4,
             .unit = ""});
}

}  // namespace rhoam::envs
