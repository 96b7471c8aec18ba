// Rosenbrock's valley: steep walls, a flat and bent floor.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// f = (1 − x)² + 100(y − x²)², least at (1, 1).
double height(std::span<const double> at) {
  const double along = 1 - at[0], across = at[1] - at[0] * at[0];
  return along * along + 100 * across * across;
}
std::array<double, 2> slope(std::span<const double> at) {
  const double across = at[1] - at[0] * at[0];
  return {-2 * (1 - at[0]) - 400 * at[0] * across, 200 * across};
}

/// Height at which RMSprop ends with a constant lr: in steps of ±lr from wall to wall, ½·lr·(1, −1) off the
/// minimum, with the minimum's Hessian [[802, −400], [−400, 200]]. Leaves out terms in lr⁴.
constexpr double kFloor = (802 + 2 * 400 + 200) / 8.0;
double floor_height(double lr) { return kFloor * lr * lr; }
double floor_tolerance(double lr) { return 1e-3 + 120 * lr * lr; }
/// The lr above which RMSprop cannot stay below a height.
double widest_rate(double target) { return std::sqrt(target / kFloor); }

/// Updates of gradient descent from one height near the minimum to another, along the floor, where the
/// Hessian's eigenvalue is 0.4.
double updates_along_floor(double from, double to, double lr) {
  const double curvature = 501 - std::sqrt(501.0 * 501.0 - 400);
  return std::log(from / to) / (-2 * std::log1p(-lr * curvature));
}

struct Contender {
  std::string name;
  optim::OptimizerConfig config;
};

/// Contenders before RMSprop: AdaGrad and those without v.
constexpr std::ptrdiff_t kOthers = 3;
std::vector<Contender> contenders(const std::vector<double>& rhos) {
  std::vector<Contender> all = {{"gradient descent", {.recipe = "sgd"}},
                                {"momentum 0.9", {.recipe = "sgd", .momentum = 0.9}},
                                {"AdaGrad", {.recipe = "adagrad"}}};
  for (const double rho : rhos)
    all.push_back({fmt::format("RMSprop ρ {:g}", rho),
                   {.rho = rho, .bias_correction = optim::BiasCorrection::debiased}});
  for (const double rho : rhos)
    all.push_back({fmt::format("Adam β₂ {:g}", rho), {.recipe = "adam", .rho = rho}});
  return all;
}

struct Valley {
  std::vector<double> rhos = {0.9, 0.99, 0.999};
  std::vector<double> lrs = {1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3,
                             5e-3, 1e-2, 2e-2, 5e-2, 0.1,  0.2,  0.5,  1};
  std::vector<double> targets = {1e-2, 1e-4};
  double noise = 1;
  int steps = 8000;
  int stay = 1000;
};

/// The number of the first update from which f stays below the target for `stay` updates, so that merely
/// passing through does not count; `steps` when there is none.
double arrival(const optim::OptimizerConfig& config, double target, const Valley& valley, double noise,
               std::uint64_t seed, LogTrace* trace = nullptr) {
  Descent descent(config, {-1.2, 1});
  core::Stream stream(seed, core::Purpose::environment);
  int stayed = 0;
  for (int t = 1; t < valley.steps + valley.stay; ++t) {
    auto gradient = slope(descent.theta());
    if (noise > 0)
      for (double& g : gradient) g += noise * stream.normal();
    descent.step(gradient);
    const double f = height(descent.theta());
    if (!(f < 1e100)) break;
    if (trace) trace->add(t, f);
    stayed = f < target ? stayed + 1 : 0;
    if (stayed == valley.stay) return t - valley.stay + 1;
    if (t >= valley.steps && stayed == 0) break;
  }
  return valley.steps;
}

/// A contender at its best learning rate.
struct Best {
  double lr = 0;
  double updates = std::numeric_limits<double>::infinity();  ///< interquartile mean
  std::vector<double> sample = {};
};

class Rosenbrock final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, valley_.rhos, 1e4);
    add_numbers(options, "lr", valley_.lrs, "learning rates to choose the best of",
                {.low = 1e-9, .high = 1e3});
    add_numbers(options, "targets", valley_.targets, "heights f to get below", {.low = 1e-12, .high = 1});
    options.add("steps", valley_.steps, "updates after which a run has not arrived",
                {.low = 100, .high = 50000});
    options.add("stay", valley_.stay, "updates that f must stay below the target to have arrived",
                {.low = 1, .high = 10000});
    options.add("noise", valley_.noise, "deviation of the gradient noise in the second race",
                {.low = 0, .high = 1e3});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    std::ranges::sort(valley_.targets, std::greater());
    Report report{
        .setup = fmt::format(
            "From (−1.2, 1), updates until f stays below the target for {} updates, each at its "
            "best of {} learning rates, at most {}. RMSprop with bias correction, ε 1e-8. Noise {:g} "
            "with {} seeds for the widest target.",
            valley_.stay, valley_.lrs.size(), valley_.steps, valley_.noise, seeds_.count)};
    for (const double rho : valley_.rhos) report.rows.push_back(floor_row(rho));
    std::vector<std::vector<Best>> races;
    for (const double target : valley_.targets) {
      races.push_back(race(target, pool, report));
      widest_rates(races.back(), target, report);
    }
    along_floor(races, report);
    if (valley_.noise > 0) noisy_race(pool, report);
    report.charts = {descents(races.back()), floors()};
    decide(races.back(), report);
    return report;
  }

 private:
  std::string arrived(const std::string& name, double target, const Best& best) const {
    if (best.updates >= valley_.steps) return fmt::format("f < {:g}: {}, never", target, name);
    return fmt::format("f < {:g}: {} (lr {:g})", target, name, best.lr);
  }

  Best tune(const Contender& contender, double target, double noise, core::ThreadPool& pool) const {
    const Seeds one{.count = noise > 0 ? seeds_.count : 1, .first = seeds_.first};
    Best best;
    for (const double lr : valley_.lrs) {
      auto config = contender.config;
      config.lr = lr;
      auto sample =
          one.each(pool, [&](std::uint64_t seed) { return arrival(config, target, valley_, noise, seed); });
      const double updates = core::interquartile_mean(sample);
      if (updates < best.updates) best = {lr, updates, std::move(sample)};
    }
    return best;
  }

  std::vector<Best> race(double target, core::ThreadPool& pool, Report& report) const {
    std::vector<Best> results;
    for (const auto& contender : contenders(valley_.rhos)) {
      results.push_back(tune(contender, target, 0, pool));
      const Best& best = results.back();
      const bool never = best.updates >= valley_.steps;
      report.rows.push_back(figure(arrived(contender.name, target, best),
                                   never ? std::numeric_limits<double>::quiet_NaN() : best.updates));
    }
    return results;
  }
  /// Gradient descent from one target to the next, where both are near the minimum and have the same best lr.
  void along_floor(const std::vector<std::vector<Best>>& races, Report& report) const {
    for (std::size_t i = 1; i < races.size(); ++i) {
      const Best &before = races[i - 1][0], &after = races[i][0];
      const double from = valley_.targets[i - 1], to = valley_.targets[i];
      if (before.lr != after.lr || from > 0.01 || after.updates >= valley_.steps) continue;
      report.rows.push_back(close(fmt::format("gradient descent from f {:g} to {:g}", from, to),
                                  after.updates - before.updates, updates_along_floor(from, to, after.lr),
                                  0.1));
    }
  }
  /// RMSprop's best lr is one at which it can stay for good; a memory that outlasts `stay` hides the others.
  void widest_rates(const std::vector<Best>& best, double target, Report& report) const {
    for (std::size_t i = 0; i < valley_.rhos.size(); ++i) {
      const Best& one = best[kOthers + i];
      const bool settles = valley_.stay > 3 * optim::memory_of_rho(valley_.rhos[i]) && valley_.rhos[i] >= 0.3;
      if (!settles || one.updates >= valley_.steps) continue;
      report.rows.push_back(below(fmt::format("f < {:g}: best lr of RMSprop ρ {:g}", target, valley_.rhos[i]),
                                  one.lr, 1.05 * widest_rate(target)));
    }
  }
  void noisy_race(core::ThreadPool& pool, Report& report) const {
    const double target = valley_.targets.front();
    for (const auto& contender : contenders(valley_.rhos)) {
      const Best best = tune(contender, target, valley_.noise, pool);
      report.rows.push_back(sampled("with noise, " + arrived(contender.name, target, best), best.sample));
    }
  }

  /// Mean of f in the last tenth of a run that starts next to the minimum, over lr².
  static double settled_height(double rho, double lr) {
    Descent descent({.lr = lr, .rho = rho}, {1 + lr, 1 - 0.3 * lr});
    const int steps = 2000 + static_cast<int>(20 * optim::memory_of_rho(rho)), tenth = steps / 10;
    double sum = 0;
    for (int t = 1; t <= steps; ++t) {
      descent.step(slope(descent.theta()));
      if (t > steps - tenth) sum += height(descent.theta());
    }
    return sum / tenth;
  }
  Row floor_row(double rho) const {
    const double lr = widest_rate(valley_.targets.back());
    const auto what = fmt::format("f in the end at lr {:.3g}, ρ {:g}", lr, rho);
    const double measured = settled_height(rho, lr);
    return rho >= 0.3 && floor_tolerance(lr) < 0.3
               ? close(what, measured, floor_height(lr), floor_tolerance(lr))
               : figure(what, measured);
  }

  render::Chart descents(const std::vector<Best>& best) const {
    render::Chart chart{.title = "Down Rosenbrock's valley, each at its best lr",
                        .x = {.label = "updates", .log = true},
                        .y = {.label = "f", .log = true}};
    const auto all = contenders(valley_.rhos);
    const std::size_t rhos = valley_.rhos.size();
    Valley until_first = valley_;
    until_first.stay = 1;
    const std::size_t shown[] = {0, 1, 2, kOthers, 2 + rhos, 2 + 2 * rhos};
    for (const std::size_t i : shown) {
      if (best[i].updates >= valley_.steps || (i == 2 + rhos && rhos == 1)) continue;
      LogTrace trace(all[i].name);
      auto config = all[i].config;
      config.lr = best[i].lr;
      arrival(config, valley_.targets.back(), until_first, 0, 0, &trace);
      chart.series.push_back(trace.series());
    }
    return chart;
  }

  render::Chart floors() const {
    render::Series measured{.name = fmt::format("RMSprop ρ {:g}", valley_.rhos.front()),
                            .style = render::Style::points};
    add_curve(measured, log_spaced(1e-5, 0.1, 17),
              [&](double lr) { return settled_height(valley_.rhos.front(), lr); });
    render::Series formula{.name = "225 lr²", .style = render::Style::dashed};
    add_curve(formula, {1e-5, 0.1}, floor_height);
    return {.title = "Where it stays for good",
            .x = {.label = "learning rate", .log = true},
            .y = {.label = "f in the end", .log = true},
            .series = {std::move(measured), std::move(formula)}};
  }

  /// Judges by the closest target: a wide one is reached in passing.
  void decide(const std::vector<Best>& best, Report& report) const {
    const auto rmsprop = best.begin() + kOthers;
    const double fastest =
        std::min_element(rmsprop, rmsprop + std::ssize(valley_.rhos), [](const Best& a, const Best& b) {
          return a.updates < b.updates;
        })->updates;
    const double ratio = fastest / best[0].updates;
    const auto count = [&](double updates) {
      return updates < valley_.steps ? fmt::format("{:g}", updates)
                                     : fmt::format("more than {}", valley_.steps);
    };
    report.verdict = ratio < 0.8 ? Verdict::holds : ratio < 1 ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "to stay below f = {:g} RMSprop takes {} updates, gradient descent {}, momentum {}: with a constant "
        "lr RMSprop bounces from wall to wall at f = 225 lr², so that a close target wants a small lr.",
        valley_.targets.back(), count(fastest), count(best[0].updates), count(best[1].updates));
  }

  Valley valley_;
  Seeds seeds_;
};

}  // namespace

Lab rosenbrock() {
  return {"rosenbrock", "RMSprop gets through Rosenbrock's valley faster than gradient descent.",
          "Rosenbrock 1960; own derivation of the height at which it bounces", Verdict::fails,
          make<Rosenbrock>};
}

}  // namespace rhoam::lab
