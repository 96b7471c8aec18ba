#include "rhoam/render/scene/exhaust_particles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "rhoam/core/random.h"

namespace rhoam::render {
namespace {

constexpr double kStep = 0.02;          // seconds
constexpr int kPuffs = 6;               // per engine and step
constexpr int kSmokeEvery = 6;          // one puff in this many becomes smoke; the others end when burnt
constexpr double kBraking = 0.055;      // seconds in which the gas loses most of its speed
constexpr double kSpread = 0.11;        // sideways, as a fraction of the way
constexpr double kRadius = 0.0115;      // at the nozzle, as a fraction of the view's height
constexpr double kSwelling = 1.4;       // growth as a multiple of it, while the gas slows down
constexpr double kSmokeSwelling = 1.2;  // further growth until the end
constexpr double kGlow = 7;             // radius of the light around a nozzle, as a multiple of it
constexpr int kLightSteps = 4;          // so that a pulsing engine does not flicker

/// Random numbers of a puff, the same every time.
class Chance {
 public:
  Chance(std::int64_t step, std::size_t exhaust, int number)
      : seed_(core::splitmix(static_cast<std::uint64_t>(step),
                             64 * exhaust + static_cast<std::uint64_t>(number))) {}
  /// On [0, 1).
  double part() { return static_cast<double>(core::splitmix(seed_, drawn_++) >> 11) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * part(); }

 private:
  std::uint64_t seed_, drawn_ = 0;
};

struct Heat {
  double age;  ///< as a fraction of the puff's burning time
  Color color;
};

/// From white-yellow through orange to smoke.
constexpr std::array<Heat, 5> kHeat{{{0.00, {1.00, 0.97, 0.85, 0.80}},
                                     {0.15, {1.00, 0.87, 0.47, 0.66}},
                                     {0.45, {1.00, 0.60, 0.20, 0.44}},
                                     {0.75, {0.88, 0.36, 0.16, 0.22}},
                                     {1.00, {0.52, 0.51, 0.53, 0.13}}}};

Color color_at(double age) {
  std::size_t next = 1;
  while (next < kHeat.size() && kHeat[next].age <= age) ++next;
  if (next == kHeat.size()) return kHeat.back().color;
  const auto &before = kHeat[next - 1], &after = kHeat[next];
  return before.color.mixed(after.color, (age - before.age) / (after.age - before.age));
}

/// Distance that the gas has covered, in seconds at its initial speed.
double way_after(double age) { return kBraking * (1 - std::exp(-age * kStep / kBraking)); }

envs::Spot place(const envs::Exhaust& exhaust, double ahead, double aside) {
  const auto& [nozzle, gas, power] = exhaust;
  return {nozzle.x + ahead * gas.x - aside * gas.y, nozzle.y + ahead * gas.y + aside * gas.x};
}

/// Adds one puff of an exhaust, `age` steps old.
void add_puff(const envs::Exhaust& exhaust, double age, bool smokes, double size, Chance chance,
              std::vector<Puff>& out) {
  const double burns = chance.between(6, 9);
  const double lives = smokes ? chance.between(0.6, 0.95) * kFlameSteps : burns;
  if (age >= lives) return;
  const double way = way_after(age), ahead = way * chance.between(0.8, 1.1);
  const double aside = way * kSpread * (chance.between(-1, 1) + chance.between(-1, 1));
  const double swollen = 1 + kSwelling * way / kBraking + kSmokeSwelling * age / kFlameSteps;
  const double fades_from = smokes ? burns : 0;
  Color color = color_at(age / burns);
  color.alpha *= 1 - std::max(age - fades_from, 0.0) / (lives - fades_from);
  out.push_back({place(exhaust, ahead, aside), size * swollen * chance.between(0.8, 1.2), color});
}

void add_light(const envs::Exhaust& exhaust, std::int64_t ago, double size, std::vector<Puff>& out) {
  constexpr Color kGleam{1, 0.66, 0.30, 0.15};
  constexpr double kAfterglow = 0.55;  // from step to step
  if (ago >= kLightSteps) return;
  const double left = std::pow(kAfterglow, static_cast<double>(ago));
  out.push_back({exhaust.nozzle, kGlow * size, kGleam.with_alpha(kGleam.alpha * left)});
}

/// Adds the puffs of exhaust number `index` of a step, `ago` steps later.
void add_exhaust(const envs::Exhaust& exhaust, std::size_t index, std::int64_t step, std::int64_t ago,
                 double size, std::vector<Puff>& out) {
  const double strong = size * std::sqrt(std::clamp(exhaust.power, 0.0, 1.0));
  add_light(exhaust, ago, strong, out);
  for (int number = 0; number < kPuffs; ++number) {
    Chance chance(step, index, number);
    const double age = static_cast<double>(ago) + (number + chance.part()) / kPuffs;
    add_puff(exhaust, age, number % kSmokeEvery == 0, strong, chance, out);
  }
}

}  // namespace

std::vector<Puff> flames(const Scene& scene) {
  std::vector<Puff> puffs;
  if (scene.recent.empty()) return puffs;
  const auto lately = scene.recent.last(std::min<std::size_t>(scene.recent.size(), kFlameSteps));
  const auto& view = scene.recent.back()->view();
  const double size = kRadius * (view.top - view.bottom);
  for (std::size_t i = 0; i < lately.size(); ++i) {
    const auto ago = static_cast<std::int64_t>(lately.size() - 1 - i);
    const auto exhausts = lately[i]->exhausts();
    for (std::size_t e = 0; e < exhausts.size(); ++e)
      add_exhaust(exhausts[e], e, scene.step - ago, ago, size, puffs);
  }
  return puffs;
}

}  // namespace rhoam::render
