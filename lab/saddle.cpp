// Leaving a saddle point: how long SGD and RMSprop need.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/lab/counting.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// f(x, y) = x²/2 − d·y²/2 + y⁴/4 from (1, start), until |y| is half way to the minimum √d.
struct Saddle {
  double d, start;
  double noise = 0;  ///< standard deviation of the gradient noise
  std::uint64_t seed = 0;

  double goal() const { return 0.5 * std::sqrt(d); }
};

/// Updates until the goal; traces y.
std::optional<std::int64_t> escape(const optim::OptimizerConfig& config, const Saddle& saddle,
                                   std::int64_t patience = kPatience, LogTrace* trace = nullptr) {
  Descent descent(config, {1, saddle.start});
  core::Stream noise(saddle.seed, core::Purpose::environment);
  const auto error = [&] { return saddle.noise > 0 ? saddle.noise * noise.normal() : 0; };
  const auto moved_out = [&](std::int64_t t) {
    const double x = descent.theta()[0], y = descent.theta()[1];
    const double along = x + error(), across = y * (y * y - saddle.d) + error();
    descent.step(std::array{along, across});
    if (trace) trace->add(static_cast<double>(t), std::abs(descent.theta()[1]));
    return std::abs(descent.theta()[1]) > saddle.goal();
  };
  return updates_until(moved_out, patience);
}

double or_never(std::optional<std::int64_t> count) {
  return count ? static_cast<double>(*count) : std::numeric_limits<double>::infinity();
}

/// The same saddle under both optimizers.
struct Race {
  Saddle saddle;
  std::optional<std::int64_t> sgd = {}, rmsprop = {};
  LogTrace sgd_path, rmsprop_path;
};

/// Updates of each seed; `patience()` where a run was cut off.
struct NoisyRace {
  std::vector<double> sgd = {}, rmsprop = {};
};

class LeavingSaddles final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_numbers(options, "curvatures", curvatures_, "d, the curvature along y with its sign changed",
                {.low = 1e-6, .high = 1});
    add_numbers(options, "starts", starts_, "y at the start", {.low = 1e-100, .high = 0.1});
    add_rho(options, rho_);
    options.add("lr", lr_, "learning rate of RMSprop", {.low = 1e-6, .high = 1e3});
    options.add("eps", eps_, "ε of RMSprop", {.low = 0, .high = 1e-3});
    options.add("sgd-lr", sgd_lr_, "learning rate of SGD; from 2 on it diverges along x",
                {.low = 1e-6, .high = 2, .high_open = true});
    options.add("noise", noise_, "standard deviation of the gradient in the noisy runs",
                {.low = 1e-6, .high = 1});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    check_starts();
    const auto races = race(pool);
    const auto noisy = race_under_noise(pool);
    Report report{
        .setup = fmt::format(
            "f(x, y) = x²/2 − d·y²/2 + y⁴/4 from (1, y₀) until |y| > ½√d. SGD lr {:g}; RMSprop "
            "lr {:g}, ρ {:g}, ε {:g}, v/(1 − ρ^t). Noisy runs: deviation {:g} from the first y₀, {} seeds.",
            sgd_lr_, lr_, rho_, eps_, noise_, seeds_.count)};
    for (const auto& clean : races) compare(clean, report);
    for (std::size_t i = 0; i < noisy.size(); ++i) {
      show("SGD", curvatures_[i], noisy[i].sgd, report);
      show("RMSprop", curvatures_[i], noisy[i].rmsprop, report);
    }
    report.charts = {updates_chart(races, noisy), paths_chart(races)};
    judge(races, noisy, report);
    return report;
  }

 private:
  optim::OptimizerConfig sgd() const { return {.recipe = "sgd", .lr = sgd_lr_}; }
  optim::OptimizerConfig rmsprop() const {
    return {.lr = lr_, .rho = rho_, .eps = eps_, .bias_correction = optim::BiasCorrection::debiased};
  }

  /// All seeds of a setting share the patience for one run.
  std::int64_t patience() const { return kPatience / seeds_.count; }

  void check_starts() const {
    const double goal = Saddle{.d = std::ranges::min(curvatures_), .start = 0}.goal();
    for (const double start : starts_)
      if (start >= goal)
        throw core::UsageError(
            fmt::format("--starts {:g} is beyond the goal ½√d = {:g} of the flattest saddle", start, goal));
  }

  std::vector<Race> race(core::ThreadPool& pool) const {
    std::vector<Race> races;
    for (const double start : starts_)
      for (const double d : curvatures_)
        races.push_back({.saddle = {d, start},
                         .sgd_path = LogTrace(fmt::format("SGD, d {:g}", d)),
                         .rmsprop_path = LogTrace(fmt::format("RMSprop, d {:g}", d))});
    pool.run(static_cast<int>(races.size()), [&](int i) {
      auto& [saddle, with_sgd, with_rmsprop, sgd_path, rmsprop_path] = races[i];
      with_sgd = escape(sgd(), saddle, kPatience, &sgd_path);
      with_rmsprop = escape(rmsprop(), saddle, kPatience, &rmsprop_path);
    });
    return races;
  }

  std::vector<NoisyRace> race_under_noise(core::ThreadPool& pool) const {
    std::vector<NoisyRace> races(curvatures_.size());
    for (std::size_t i = 0; i < races.size(); ++i) {
      const auto pairs = seeds_.each(pool, [&](std::uint64_t seed) {
        const Saddle saddle{curvatures_[i], starts_[0], noise_, seed};
        return std::pair(escape(sgd(), saddle, patience()).value_or(patience()),
                         escape(rmsprop(), saddle, patience()).value_or(patience()));
      });
      for (const auto& [with_sgd, with_rmsprop] : pairs) {
        races[i].sgd.push_back(static_cast<double>(with_sgd));
        races[i].rmsprop.push_back(static_cast<double>(with_rmsprop));
      }
    }
    return races;
  }

  /// The flow y' = y(d − y²) takes time ln(y/y₀)/d and a little more as it bends; y grows by 1 + lr·d per
  /// update instead of e^(lr·d).
  double sgd_updates(const Saddle& saddle) const {
    const auto bend = [&](double y) { return -0.5 * std::log(1 - y * y / saddle.d); };
    return (std::log(saddle.goal() / saddle.start) + bend(saddle.goal()) - bend(saddle.start)) /
           std::log1p(sgd_lr_ * saddle.d);
  }

  /// No step is longer than lr/√(1 − ρ).
  double fewest_rmsprop_updates(const Saddle& saddle) const {
    return std::max(1.0, (saddle.goal() - saddle.start) / lr_ / std::sqrt(optim::memory_of_rho(rho_)));
  }

  /// Up to the goal the gradient grows, so √v is below it and a step at least lr·g/(g + ε), where g ≥ ¾d·y.
  /// Below g = 10ε that multiplies y per update, above it is nearly lr.
  double most_rmsprop_updates(const Saddle& saddle) const {
    const double slope = 0.75 * saddle.d, loud = 10 * eps_ / slope;
    const double growing =
        loud <= saddle.start ? 0 : 1 + std::log(loud / saddle.start) / std::log1p(slope * lr_ / (11 * eps_));
    return growing + 1 + 1.1 * saddle.goal() / lr_;
  }

  void compare(const Race& race, Report& report) const {
    const std::string at = fmt::format(", d {:g}, y₀ {:g}", race.saddle.d, race.saddle.start);
    constexpr double kDiscrete = 2;  // the formula treats the bend as a flow
    report.rows.push_back(counted("updates, SGD" + at, race.sgd, sgd_updates(race.saddle), kDiscrete));
    const double most = most_rmsprop_updates(race.saddle);
    report.rows.push_back(
        between("updates, RMSprop" + at, or_never(race.rmsprop), fewest_rmsprop_updates(race.saddle), most));
    if (!race.rmsprop) report.rows.back().agrees = most > kPatience;  // our patience may have ended first
  }

  void show(const std::string& name, double d, const std::vector<double>& updates, Report& report) const {
    const auto cut = std::ranges::count(updates, static_cast<double>(patience()));
    const std::string note = cut > 0 ? fmt::format(" ({} cut at {})", cut, patience()) : "";
    report.rows.push_back(sampled(fmt::format("updates under noise, {}, d {:g}{}", name, d, note), updates));
  }

  /// Updates from the first start.
  render::Chart updates_chart(const std::vector<Race>& races, const std::vector<NoisyRace>& noisy) const {
    constexpr auto kPoints = render::Style::points;
    render::Series sgd_clean{.name = "SGD", .style = kPoints},
        sgd_noisy{.name = "SGD, noise", .style = kPoints}, rms_clean{.name = "RMSprop", .style = kPoints},
        rms_noisy{.name = "RMSprop, noise", .style = kPoints},
        formula{.name = "SGD, formula", .style = render::Style::dashed};
    for (std::size_t i = 0; i < curvatures_.size(); ++i) {
      const double d = curvatures_[i];
      add_point(sgd_clean, d, or_never(races[i].sgd));
      add_point(rms_clean, d, or_never(races[i].rmsprop));
      add_point(sgd_noisy, d, core::interquartile_mean(noisy[i].sgd));
      add_point(rms_noisy, d, core::interquartile_mean(noisy[i].rmsprop));
    }
    const auto [low, high] = std::ranges::minmax(curvatures_);
    add_curve(formula, log_spaced(low, high),
              [&](double d) { return sgd_updates({.d = d, .start = starts_[0]}); });
    return {.title = fmt::format("Updates to leave a saddle from y₀ = {:g}", starts_[0]),
            .x = {.label = "negative curvature d", .log = true},
            .y = {.label = "updates", .log = true},
            .series = {sgd_clean, formula, sgd_noisy, rms_clean, rms_noisy}};
  }

  render::Chart paths_chart(const std::vector<Race>& races) const {
    render::Chart chart{.title = fmt::format("Distance from the saddle, y₀ = {:g}", starts_[0]),
                        .x = {.label = "update", .log = true},
                        .y = {.label = "|y|", .log = true}};
    for (std::size_t i = 0; i < curvatures_.size(); ++i)
      chart.series.insert(chart.series.end(), {races[i].sgd_path.series(), races[i].rmsprop_path.series()});
    return chart;
  }

  /// SGD's updates over RMSprop's.
  static double lead(const Race& race) { return or_never(race.sgd) / or_never(race.rmsprop); }
  static double lead(const NoisyRace& race) {
    return core::interquartile_mean(race.sgd) / core::interquartile_mean(race.rmsprop);
  }

  void judge(const std::vector<Race>& races, const std::vector<NoisyRace>& noisy, Report& report) const {
    double best = 0, worst = std::numeric_limits<double>::infinity(), best_noisy = 0;
    for (const auto& clean : races) {
      best = std::max(best, lead(clean));
      worst = std::min(worst, lead(clean));
    }
    for (const auto& race : noisy) best_noisy = std::max(best_noisy, lead(race));
    const bool everywhere = worst > 1 && best_noisy > 0.5 * best;
    if (report.all_agree() && best > 2) report.verdict = everywhere ? Verdict::holds : Verdict::caveat;
    report.because = fmt::format(
        "without noise SGD needs {:.2g} to {:.2g} times the updates of RMSprop, whose step does not shrink "
        "with the gradient; with noise at most {:.2g} times, since noise moves SGD off the saddle too.",
        worst, best, best_noisy);
  }

  std::vector<double> curvatures_ = {1, 0.01, 1e-4};
  std::vector<double> starts_ = {1e-6, 1e-9};
  double rho_ = 0.9, lr_ = 0.01, eps_ = 1e-8, sgd_lr_ = 0.5, noise_ = 0.01;
  Seeds seeds_{.count = 100};
};

}  // namespace

Lab saddle() {
  return {"saddle", "RMSprop leaves a saddle point in a few updates where SGD hardly moves.",
          "SGD: y grows by 1 + lr·d per update; RMSprop: its step lies between lr and lr/√(1 − ρ)",
          Verdict::caveat, make<LeavingSaddles>};
}

}  // namespace rhoam::lab
