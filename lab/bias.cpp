// The first steps of RMSprop while v, which starts at 0, fills.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {
namespace {

using optim::BiasCorrection;

class Bias final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    options.add("lr", lr_, "learning rate", {.low = 1e-12, .high = 1e6});
    options.add("eps", eps_, "ε beside √v", {.low = 0, .high = 1e6});
    options.add("gradient", gradient_, "the gradient at every update", {.low = 1e-9, .high = 1e9});
    options.add("steps", steps_, "updates that the mean goes over", {.low = 1, .high = 1e6});
  }

  Report run(core::ThreadPool&) override {
    Report report{
        .setup = fmt::format(
            "The gradient is {:g} at every update, lr {:g}, ε {:g}. Steps are given in units of lr; "
            "a full v makes them {:.6g}.",
            gradient_, lr_, eps_, step_over_lr(1))};
    render::Chart chart{.title = "First steps under a constant gradient",
                        .x = {.label = "update", .log = true},
                        .y = {.label = "step / lr", .log = true}};
    for (const double rho : rhos_) uncorrected(rho, report, chart);
    render::Series theory{.name = "1/√(1 − ρ^t)", .style = render::Style::dashed};
    for (const double rho : rhos_) {
      add_curve(theory, log_spaced(1, steps_, 40),
                [&](double t) { return step_over_lr(1 - std::pow(rho, t)); });
      add_gap(theory);
    }
    chart.series.push_back(std::move(theory));
    for (const double rho : rhos_) corrected(rho, report);
    report.charts.push_back(std::move(chart));
    const bool longer =
        std::ranges::any_of(rhos_, [&](double rho) { return step_over_lr(1 - rho) > 1.1 * step_over_lr(1); });
    report.verdict = report.all_agree() && longer ? Verdict::holds : Verdict::fails;
    report.because =
        "the first step is 1/√(1 − ρ) times as long as it should be and the excess lasts for some n = 1/(1 − "
        "ρ) updates; both corrections, ρ_t = min(ρ, 1 − 1/t) and v/(1 − ρ^t), remove it.";
    return report;
  }

 private:
  /// Under a constant gradient g the accumulator is v = filled·g².
  double step_over_lr(double filled) const { return 1 / (std::sqrt(filled) + eps_ / gradient_); }

  std::vector<double> steps(double rho, BiasCorrection correction) const {
    Stepper stepper({.lr = lr_, .rho = rho, .eps = eps_, .bias_correction = correction});
    std::vector<double> all;
    for (int t = 1; t <= steps_; ++t) all.push_back(stepper.step(gradient_) / lr_);
    return all;
  }

  void uncorrected(double rho, Report& report, render::Chart& chart) const {
    const auto measured = steps(rho, BiasCorrection::none);
    double expected = 0;
    LogTrace trace(fmt::format("ρ {:g}", rho));
    for (int t = 1; t <= steps_; ++t) {
      expected += step_over_lr(1 - std::pow(rho, t)) / steps_;
      trace.add(t, measured[t - 1]);
    }
    report.rows.push_back(
        close(fmt::format("first step, ρ {:g}", rho), measured[0], step_over_lr(1 - rho), 1e-9));
    report.rows.push_back(close(fmt::format("mean of the first {} steps, ρ {:g}", steps_, rho),
                                core::mean(measured), expected, 1e-9));
    chart.series.push_back(trace.series());
  }

  void corrected(double rho, Report& report) const {
    for (const auto& [name, correction] :
         {std::pair("memory grows", BiasCorrection::capped), {"v/(1 − ρ^t)", BiasCorrection::debiased}})
      report.rows.push_back(close(fmt::format("mean with correction ({}), ρ {:g}", name, rho),
                                  core::mean(steps(rho, correction)), step_over_lr(1), 1e-9));
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  double lr_ = 0.01, eps_ = 0, gradient_ = 1;
  int steps_ = 100;
};

}  // namespace

Lab bias() {
  return {"bias", "An accumulator that starts at 0 makes RMSprop's first steps far too long.",
          "Kingma & Ba 2015, section 3; v = (1 − ρ^t)g² under a constant gradient", Verdict::holds,
          make<Bias>};
}

}  // namespace rhoam::lab
