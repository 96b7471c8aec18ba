// One huge gradient in a steady stream: how far it throws the parameter, and how long the steps stay short.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/core/text.h"
#include "rhoam/lab/counting.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// v/g² after the burst is 1 + excess; the excess decays by ρ per update.
double excess(double rho, double burst) { return (1 - rho) * (burst * burst - 1); }

/// Updates until the step is ½, v/g² = 4; 0 when the burst leaves it longer than that.
double recovery(double rho, double burst) {
  const double beyond = excess(rho, burst) / 3;
  return beyond <= 1 ? 0 : std::log(beyond) / -std::log(rho);
}

double displacement(double rho, double burst) { return burst / std::sqrt(1 + excess(rho, burst)); }

/// Updates until the burst has left v: a weight of e^−30.
int horizon(double rho) { return static_cast<int>(30 * optim::memory_of_rho(rho)); }

double lost_progress(double rho, double burst) {
  double lost = 0, left = excess(rho, burst);
  for (int t = 1; t <= horizon(rho); ++t) lost += 1 - 1 / std::sqrt(1 + (left *= rho));
  return lost;
}

/// One burst with one memory; lengths in units of lr.
struct Burst {
  double rho, size;
  double thrown = 0;                            ///< the step of the burst itself
  std::optional<std::int64_t> half_speed = {};  ///< updates after it until the step is ½
  double lost = 0;                              ///< total by which the steps after it fell short of 1
  render::Series steps = {};
};

void measure(Burst& burst, double lr) {
  Stepper stepper(
      {.lr = lr, .rho = burst.rho, .eps = 0.0, .first_v = 1, .bias_correction = optim::BiasCorrection::none});
  LogTrace trace(fmt::format("ρ {:g}", burst.rho));
  burst.thrown = stepper.step(burst.size) / lr;
  for (int t = 1; t <= horizon(burst.rho); ++t) {
    const double step = stepper.step(1) / lr;
    burst.lost += 1 - step;
    if (step >= 0.5 && !burst.half_speed) burst.half_speed = t;
    trace.add(t, step);
  }
  burst.steps = trace.series();
}

class OneBurst final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e5);
    add_numbers(options, "sizes", sizes_, "the burst over the gradient before and after it",
                {.low = 1, .high = 1e6});
    options.add("lr", lr_, "learning rate", {.low = 1e-12, .high = 1e6});
  }

  Report run(core::ThreadPool& pool) override {
    std::vector<Burst> bursts;
    for (const double size : sizes_)
      for (const double rho : rhos_) bursts.push_back({rho, size});
    pool.run(static_cast<int>(bursts.size()), [&](int i) { measure(bursts[i], lr_); });

    Report report{.setup = fmt::format("The gradient is 1 and v has settled at 1; then one gradient of size "
                                       "B, then 1 again. lr {:g}; lengths are in units of lr.",
                                       lr_)};
    for (const auto& burst : bursts) compare(burst, report);
    report.charts = {steps_chart(bursts), lost_chart(bursts)};
    judge(bursts, report);
    return report;
  }

 private:
  static void compare(const Burst& burst, Report& report) {
    const std::string at = fmt::format(", B {:g}, ρ {:g}", burst.size, burst.rho);
    report.rows.push_back(close("thrown by" + at, burst.thrown, displacement(burst.rho, burst.size), 1e-9));
    report.rows.push_back(
        counted("updates to half speed" + at, burst.half_speed, recovery(burst.rho, burst.size)));
    report.rows.push_back(
        close("progress lost" + at, burst.lost, lost_progress(burst.rho, burst.size), 1e-6));
  }

  /// The steps after a burst of the first size.
  render::Chart steps_chart(const std::vector<Burst>& bursts) const {
    render::Chart chart{.title = fmt::format("After a burst of {:g}", sizes_[0]),
                        .x = {.label = "updates after the burst", .log = true},
                        .y = {.label = "step / lr"}};
    for (std::size_t i = 0; i < rhos_.size(); ++i) chart.series.push_back(bursts[i].steps);
    return chart;
  }

  render::Chart lost_chart(const std::vector<Burst>& bursts) const {
    std::vector<std::string> sizes;
    for (const double size : sizes_) sizes.push_back(fmt::format("{:g}", size));
    render::Chart chart{.title = "Price of a burst of " + core::join(sizes),
                        .x = {.label = "memory n = 1/(1 − ρ), updates", .log = true},
                        .y = {.label = "lengths in lr", .log = true}};
    render::Series lost{.name = "progress lost", .style = render::Style::points},
        thrown = lost, formula{.name = "formula", .style = render::Style::dashed};
    thrown.name = "thrown by";
    for (const auto& burst : bursts) {
      add_point(lost, optim::memory_of_rho(burst.rho), burst.lost);
      add_point(thrown, optim::memory_of_rho(burst.rho), burst.thrown);
    }
    const auto memories = log_spaced(1.5, 1e4, 40);
    for (const double size : sizes_) {
      add_curve(formula, memories, [&](double n) { return lost_progress(optim::rho_of_memory(n), size); });
      add_gap(formula);
      add_curve(formula, memories, [&](double n) { return displacement(optim::rho_of_memory(n), size); });
      add_gap(formula);
    }
    chart.series = {std::move(lost), std::move(thrown), std::move(formula)};
    return chart;
  }

  /// A memory of one update is thrown by 1; is a longer one ever thrown less than a shorter one?
  void judge(const std::vector<Burst>& bursts, Report& report) const {
    const bool contains = std::ranges::any_of(bursts, [&](const Burst& longer) {
      return longer.thrown < 1 || std::ranges::any_of(bursts, [&](const Burst& shorter) {
               return shorter.size == longer.size && shorter.rho < longer.rho &&
                      longer.thrown < shorter.thrown;
             });
    });
    report.verdict = contains ? Verdict::caveat : Verdict::fails;
    report.because =
        "there is no trade-off for one burst: a short memory is thrown less far, B/√(ρ + (1 − ρ)B²), and "
        "loses less progress. Where (B² − 1)(1 − ρ) < 3 a long memory stays above half speed, but then it is "
        "thrown furthest.";
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999, 0.9999};
  std::vector<double> sizes_ = {100, 10};
  double lr_ = 0.01;
};

}  // namespace

Lab burst() {
  return {"burst",
          "A long memory contains a burst of gradients, a short one recovers from it sooner: ρ trades "
          "one for the other.",
          "v = ρ + (1 − ρ)B² after the burst, then 1 + (1 − ρ)(B² − 1)ρ^t", Verdict::fails, make<OneBurst>};
}

}  // namespace rhoam::lab
