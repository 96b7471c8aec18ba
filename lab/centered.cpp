// RMSprop against its centered variant on a slope under noise.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/gaussian_steps.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

constexpr int kReplicas = 16;  ///< parameters on each slope

/// Result of one seed with one ρ and one variant; in units of lr.
struct Walk {
  std::vector<double> speeds;  ///< of each slope
  double longest_step = 0;     ///< on the last slope
};

class Centered final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e4);
    add_numbers(options, "slopes", slopes_, "mean gradients μ, in standard deviations of the noise",
                {.low = 1e-3, .high = 1e3});
    options.add("lr", lr_, "learning rate", {.low = 1e-9, .high = 1e6});
    options.add("steps", steps_, "updates that count, after ten memories", {.low = 100, .high = 1e5});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{.setup = fmt::format("The gradient is μ + z with z from N(0, 1); lr {:g}, ε 0; {} updates "
                                       "of {} parameters, {} seeds. Speeds are in units of lr.",
                                       lr_, steps_, kReplicas, seeds_.count)};
    render::Chart chart{.title = "Speed on a noisy slope",
                        .x = {.label = "mean gradient / noise", .log = true},
                        .y = {.label = "speed / lr", .log = true}};
    std::ptrdiff_t faster = 0;
    for (const double rho : rhos_) {
      const double plain = compare(rho, false, pool, report, chart);
      if (compare(rho, true, pool, report, chart) > plain) ++faster;
    }
    chart.series.push_back(theory());
    report.charts.push_back(std::move(chart));
    const bool all = faster == std::ssize(rhos_) && report.all_agree();
    report.verdict = all ? Verdict::holds : faster > 0 ? Verdict::caveat : Verdict::fails;
    report.because =
        faster > 0
            ? "under noise 1 the plain rule goes about μ/√(1 + μ²) of lr per update, the centered one about "
              "μ without a bound: the steadier the gradient, the longer the longest step."
            : "the centered rule is not the faster one here: one gradient has no deviation to divide by, so "
              "that without a memory both are the same rule.";
    return report;
  }

 private:
  Walk walk(double rho, bool centered, std::uint64_t seed) const {
    const auto slopes = slopes_.size();
    Descent descent({.lr = lr_,
                     .rho = rho,
                     .eps = 0.0,
                     .bias_correction = optim::BiasCorrection::none,
                     .centered = centered},
                    std::vector<double>(slopes * kReplicas));
    core::Stream noise(seed, core::Purpose::environment);
    std::vector<double> gradient(slopes * kReplicas), before, start;
    const auto theta = descent.theta();
    const auto warm_up = static_cast<int>(10 * optim::memory_of_rho(rho));
    Walk walk;
    for (int t = 0; t < warm_up + steps_; ++t) {
      for (int r = 0; r < kReplicas; ++r) {
        const double z = noise.normal();
        for (std::size_t s = 0; s < slopes; ++s) gradient[s * kReplicas + r] = slopes_[s] + z;
      }
      before.assign(theta.begin(), theta.end());
      if (t == warm_up) start = before;
      descent.step(gradient);
      if (t >= warm_up)
        for (std::size_t i = theta.size() - kReplicas; i < theta.size(); ++i)
          walk.longest_step = std::max(walk.longest_step, std::abs(theta[i] - before[i]) / lr_);
    }
    for (std::size_t s = 0; s < slopes; ++s) {
      double distance = 0;
      for (std::size_t i = s * kReplicas; i < (s + 1) * kReplicas; ++i) distance += start[i] - theta[i];
      walk.speeds.push_back(distance / (lr_ * kReplicas * steps_));
    }
    return walk;
  }

  /// Four relative standard errors of a speed: from the noise of the steps and from that of v.
  double sampling_error(double mean) const {
    return 4 * std::sqrt((1 + 1 / (mean * mean)) / (1.0 * steps_ * kReplicas * seeds_.count));
  }

  /// Returns the speed on the last slope.
  double compare(double rho, bool centered, core::ThreadPool& pool, Report& report,
                 render::Chart& chart) const {
    const auto walks = seeds_.each(pool, [&](std::uint64_t seed) { return walk(rho, centered, seed); });
    const std::string name = fmt::format("{}, ρ {:g}", centered ? "centered" : "plain", rho);
    render::Series measured{.name = name, .style = render::Style::points};
    for (std::size_t s = 0; s < slopes_.size(); ++s) {
      std::vector<double> speeds;
      for (const auto& walk : walks) speeds.push_back(walk.speeds[s]);
      const double expected = centered ? mean_centered_step(rho, slopes_[s]) : mean_step(rho, slopes_[s]);
      report.rows.push_back(sampled(fmt::format("speed at μ {:g}, {}", slopes_[s], name), speeds, expected,
                                    sampling_error(slopes_[s])));
      add_point(measured, slopes_[s], report.rows.back().measured);
    }
    const double speed = measured.y.back();
    chart.series.push_back(std::move(measured));
    double longest = 0;
    for (const auto& walk : walks) longest = std::max(longest, walk.longest_step);
    report.rows.push_back(figure(fmt::format("longest step at μ {:g}, {}", slopes_.back(), name), longest));
    return speed;
  }

  render::Series theory() const {
    render::Series series{.name = "formula", .style = render::Style::dashed};
    const auto [low, high] = std::ranges::minmax(slopes_);
    const auto slopes = log_spaced(low, high, 20);
    for (const double rho : rhos_) {
      add_curve(series, slopes, [&](double mean) { return mean_step(rho, mean); });
      add_gap(series);
      add_curve(series, slopes, [&](double mean) { return mean_centered_step(rho, mean); });
      add_gap(series);
    }
    return series;
  }

  std::vector<double> rhos_ = {0.9, 0.99};
  std::vector<double> slopes_ = {0.5, 1, 3, 10};
  double lr_ = 0.01;
  int steps_ = 5000;
  Seeds seeds_{.count = 20};
};

}  // namespace

Lab centered() {
  return {"centered",
          "Centered RMSprop divides by the deviation of the gradient and so goes faster where it is steady.",
          "Graves 2013, eq. 38-40; mean step under Gaussian gradients in closed form", Verdict::holds,
          make<Centered>};
}

}  // namespace rhoam::lab
