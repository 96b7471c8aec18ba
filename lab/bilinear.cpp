// min over x, max over y of x·y: the smallest game that turns instead of settling.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "rhoam/core/statistics.h"
#include "rhoam/lab/bilinear_game.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// Means to damp the rotation.
struct Damping {
  double coupled = 0;    ///< L2 decay into the gradient
  double decoupled = 0;  ///< L2 decay beside the step
  double momentum = 0;   ///< of the step before (Polyak's heavy ball), in (−1, 1)
};

/// Radius of the limit cycle for n ≫ 1. On a circle v is about R²/2, so a step is √2·lr long, and
///   dR/dt = lr²/R·(1 + β)/(1 − β)³   the tangent leaves the circle; momentum makes steps 1/(1 − β) long and
///                                    β/(1 − β) updates late
///         − R/(8n)                   v follows x² a quarter of its period late
///         − √2·lr·λ/√(1 + λ²)        coupled decay λ, which is normalised with the rest
///         − lr·λR                    decoupled decay
/// vanishes there.
double cycle_radius(double lr, double memory, const Damping& damping) {
  const double quadratic = 1 / (8 * memory) + lr * damping.decoupled;
  const double linear = std::sqrt(2.0) * lr * damping.coupled / std::hypot(1, damping.coupled);
  const double growth = lr * lr * (1 + damping.momentum) / std::pow(1 - damping.momentum, 3);
  return 2 * growth / (linear + std::sqrt(linear * linear + 4 * quadratic * growth));
}

/// Error of the formula, for n ≥ 2: the next order in 1/n, in the momentum's delay over n and in lr·λ.
double cycle_tolerance(double lr, double memory, const Damping& damping) {
  const double late = std::abs((1 + damping.momentum) / (1 - damping.momentum) - 1);
  return 5e-4 + (0.1 + 0.1 / memory + 0.3 * late) / memory + lr * (damping.coupled + damping.decoupled);
}

/// Most updates of a run, and the updates after which a cycle is surely reached to 1e-4: far outside R² falls
/// by 2(n − 1)·lr² per update, near the cycle its distance shrinks by e every 4n.
constexpr double kMostUpdates = 1e6;
double updates_to_settle(double start_in_steps, double memory) {
  const double outside = std::max(1.0, start_in_steps / std::sqrt(8 * memory));
  return 1000 + start_in_steps * start_in_steps / std::max(0.1, 2 * (memory - 1)) +
         4 * memory * (14 + 2 * std::log(outside));
}

/// Radii above this would soon overflow: the play has diverged, to infinity.
constexpr double kDiverged = 1e150;

/// Result of a run.
struct Path {
  render::Series radii = {};
  double middle = 0;  ///< root mean square over the tenth of the run before its midpoint
  double end = 0;     ///< and over its last tenth
  int updates = 0;
};

template <class Play>
Path play(int updates, BilinearGame& game, const Play& round) {
  LogTrace trace("");
  core::RunningMoments middle, end;  // of R²
  const int tenth = std::max(1, updates / 10);
  for (int t = 1; t <= updates; ++t) {
    round(game, t);
    const double radius = game.radius();
    if (!(radius < kDiverged)) {
      constexpr double kInfinity = std::numeric_limits<double>::infinity();
      return {trace.series(), kInfinity, kInfinity, updates};
    }
    trace.add(t, radius);
    if (t > updates / 2 - tenth && t <= updates / 2) middle.add(radius * radius);
    if (t > updates - tenth) end.add(radius * radius);
  }
  return {trace.series(), std::sqrt(middle.mean()), std::sqrt(end.mean()), updates};
}

/// A way to play, and its expected final radius.
struct Variant {
  const char* name;
  Damping damping;
  void (BilinearGame::*round)();
  /// For methods whose cycle is at most a few steps wide: bound on the radius, in lr.
  double most_steps = std::numeric_limits<double>::quiet_NaN();
};

// For n → ∞ v is constant and the play linear: optimism then ends at √6·lr, the two after it at about lr.
const Variant kVariants[] = {
    {"no damping", {}, &BilinearGame::simultaneous},
    {"momentum 0.9", {.momentum = 0.9}, &BilinearGame::simultaneous},
    {"momentum 0.5", {.momentum = 0.5}, &BilinearGame::simultaneous},
    {"momentum −0.5", {.momentum = -0.5}, &BilinearGame::simultaneous},
    {"decoupled decay 0.1", {.decoupled = 0.1}, &BilinearGame::simultaneous},
    {"decoupled decay 0.3", {.decoupled = 0.3}, &BilinearGame::simultaneous},
    {"coupled decay 0.1", {.coupled = 0.1}, &BilinearGame::simultaneous},
    {"coupled decay 0.3", {.coupled = 0.3}, &BilinearGame::simultaneous},
    {"optimism", {}, &BilinearGame::optimistic, 2.6},
    {"alternating", {}, &BilinearGame::alternating, 1.5},
    {"extragradient", {}, &BilinearGame::extragradient, 1.5},
};

class Bilinear final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    options.add("lr", lr_, "learning rate of both players", {.low = 1e-9, .high = 1e6});
    add_numbers(options, "start", starts_, "distances from the equilibrium to start at",
                {.low = 1e-9, .high = 1e6});
  }

  Report run(core::ThreadPool& pool) override {
    Report report{
        .setup = fmt::format("min over x, max over y of xy; RMSprop for both players at once, lr {:g}, ε 0. "
                             "The radius is the root mean square over the last tenth of a run. Damping is "
                             "tried at the last ρ.",
                             lr_)};
    report.rows.push_back(descent_without_rms());
    const auto cycles = play_all(pool);
    int growing = 0;
    for (std::size_t i = 0; i < cycles.size(); ++i) {
      report.rows.push_back(cycle_row(i, cycles[i]));
      growing += grows(i, cycles[i]);
    }
    report.charts = {approach(cycles), damped(pool, report.rows)};
    decide(report, growing, static_cast<int>(cycles.size()));
    return report;
  }

 private:
  double rho(std::size_t run) const { return rhos_[run / starts_.size()]; }
  double start(std::size_t run) const { return starts_[run % starts_.size()]; }
  int updates(double start, double rho) const {
    return static_cast<int>(
        std::min(kMostUpdates, updates_to_settle(start / lr_, optim::memory_of_rho(rho))));
  }
  optim::OptimizerConfig config(double rho, const Damping& damping = {}) const {
    return {.lr = lr_,
            .rho = rho,
            .eps = 0.0,
            .weight_decay = damping.coupled + damping.decoupled,
            .decoupled_decay = damping.decoupled > 0};
  }

  /// Gradient descent multiplies the radius by √(1 + lr²) at every update.
  Row descent_without_rms() const {
    const double log_growth = 0.5 * std::log1p(lr_ * lr_);
    const int updates = static_cast<int>(std::clamp(200 / log_growth, 1.0, 20000.0));
    BilinearGame game(1, {.recipe = "sgd", .lr = lr_});
    play(updates, game, [](BilinearGame& g, int) { g.simultaneous(); });
    return close(fmt::format("growth in {} updates of gradient descent", updates), game.radius(),
                 std::exp(updates * log_growth), 1e-6);
  }

  std::vector<Path> play_all(core::ThreadPool& pool) const {
    std::vector<Path> paths(rhos_.size() * starts_.size());
    pool.run(static_cast<int>(paths.size()), [&](int i) {
      BilinearGame game(start(i), config(rho(i)));
      paths[i] = play(updates(start(i), rho(i)), game, [](BilinearGame& g, int) { g.simultaneous(); });
    });
    return paths;
  }

  Row cycle_row(std::size_t run, const Path& path) const {
    const auto what =
        fmt::format("radius after {} updates from {:g}, ρ {:g}", path.updates, start(run), rho(run));
    return expect(what, path, rho(run), {});
  }
  /// The formula assumes n ≫ 1 and cycles of many small steps, and a slow approach may not finish.
  Row expect(const std::string& what, const Path& path, double rho, const Damping& damping) const {
    const double n = optim::memory_of_rho(rho);
    const double expected = cycle_radius(lr_, n, damping);
    const double tolerance = cycle_tolerance(lr_, n, damping);
    const bool applies = n >= 2 && path.updates < kMostUpdates && tolerance < 0.2 && expected > 2 * lr_;
    return applies ? close(what, path.end, expected, tolerance) : figure(what, path.end);
  }
  /// Whether the radius exceeds its start and any cycle, and is still growing.
  bool grows(std::size_t run, const Path& path) const {
    const double cycle = cycle_radius(lr_, optim::memory_of_rho(rho(run)), {});
    return path.end > 1.2 * std::max(start(run), cycle) && path.end > 1.05 * path.middle;
  }

  render::Chart approach(const std::vector<Path>& paths) const {
    render::Chart chart{.title = fmt::format("To the limit cycle, ρ {:g}", rhos_.back()),
                        .x = {.label = "updates", .log = true},
                        .y = {.label = "distance from the equilibrium", .log = true}};
    const double cycle = cycle_radius(lr_, optim::memory_of_rho(rhos_.back()), {});
    for (std::size_t i = paths.size() - starts_.size(); i < paths.size(); ++i)
      chart.series.push_back(
          {.name = fmt::format("from {:g}", start(i)), .x = paths[i].radii.x, .y = paths[i].radii.y});
    chart.series.push_back({.name = "lr √(8/(1 − ρ))",
                            .x = {1, static_cast<double>(paths.back().updates)},
                            .y = {cycle, cycle},
                            .style = render::Style::dashed});
    return chart;
  }

  render::Chart damped(core::ThreadPool& pool, std::vector<Row>& rows) const {
    constexpr int kCount = std::size(kVariants);
    const double last = rhos_.back();
    std::vector<Path> paths(kCount + 1);
    pool.run(kCount + 1, [&](int i) {
      const Variant& variant = kVariants[i % kCount];
      BilinearGame game(lr_, config(last, variant.damping), variant.damping.momentum);
      const int count = updates(lr_, last);
      paths[i] = play(count, game, [&](BilinearGame& g, int t) {
        if (i == kCount) g.set_rate_factor(1 - static_cast<double>(t) / count);
        (g.*variant.round)();
      });
    });
    render::Chart chart{.title = fmt::format("What is left with damping, ρ {:g}", last),
                        .x = {.label = "measure against turning"},
                        .y = {.label = "radius / lr", .log = true}};
    render::Series bars{.name = "measured", .style = render::Style::bars},
        formula{.name = "formula", .style = render::Style::points};
    for (int i = 0; i <= kCount; ++i) {
      const std::string name = i < kCount ? kVariants[i].name : "lr falling to 0";
      const auto what = fmt::format("radius with {}, ρ {:g}", name, last);
      rows.push_back(i < kCount ? damped_row(what, kVariants[i], paths[i]) : faded_row(what, paths));
      chart.x.categories.push_back(name);
      add_point(bars, i, paths[i].end / lr_);
      if (i < kCount && std::isnan(kVariants[i].most_steps))
        add_point(formula, i, cycle_radius(lr_, optim::memory_of_rho(last), kVariants[i].damping) / lr_);
    }
    chart.series = {std::move(bars), std::move(formula)};
    return chart;
  }
  Row damped_row(const std::string& what, const Variant& variant, const Path& path) const {
    if (std::isnan(variant.most_steps)) return expect(what, path, rhos_.back(), variant.damping);
    return below(what, path.end, variant.most_steps * lr_);
  }
  /// The cycle shrinks with lr where its memory is shorter than the run.
  Row faded_row(const std::string& what, const std::vector<Path>& paths) const {
    const bool applies = rhos_.back() >= 0.5 && paths.back().updates < kMostUpdates;
    return applies ? below(what, paths.back().end, 0.2 * paths.front().end) : figure(what, paths.back().end);
  }

  static void decide(Report& report, int growing, int runs) {
    if (growing == 0) {
      report.verdict = Verdict::fails;
      report.because =
          "RMSprop ends on a limit cycle of radius lr √(8/(1 − ρ)), from inside and from outside; gradient "
          "descent grows without bound.";
    } else {
      report.verdict = growing == runs ? Verdict::holds : Verdict::caveat;
      report.because = fmt::format(
          "{} of {} runs were still widening: with ρ near 0 a step is that of the sign, and the cycle is "
          "wide or not there.",
          growing, runs);
    }
  }

  std::vector<double> rhos_ = {0.5, 0.9, 0.99, 0.999};
  std::vector<double> starts_ = {0.01, 1, 5};
  double lr_ = 0.01;
};

}  // namespace

Lab bilinear() {
  return {"bilinear",
          "On the bilinear game min max xy RMSprop spirals outwards without bound, like gradient descent.",
          "own derivation; Gidel et al. 2019 and Daskalakis et al. 2018 for the damping", Verdict::fails,
          make<Bilinear>};
}

}  // namespace rhoam::lab
