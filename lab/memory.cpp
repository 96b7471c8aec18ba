// v/g² under a constant gradient, the clearest view of what ρ remembers.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/lab/counting.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// v after each of `steps` updates on the gradient 1, read off the step: with ε = 0 it is 1/√v.
std::vector<double> accumulators(double rho, int steps) {
  Stepper stepper({.lr = 1.0, .rho = rho, .eps = 0.0, .bias_correction = optim::BiasCorrection::none});
  std::vector<double> all;
  for (int t = 0; t < steps; ++t) all.push_back(std::pow(stepper.step(1), -2));
  return all;
}

class Memory final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e5);
    add_numbers(options, "memories", memories_, "when to look, in effective memories n = 1/(1 − ρ)",
                {.low = 0, .high = 50, .low_open = true});
  }

  Report run(core::ThreadPool&) override {
    Report report{.setup = "The gradient is 1 at every update; v starts at 0 without bias correction."};
    render::Chart chart{
        .title = "v/g² under a constant gradient", .x = {.label = "updates / n"}, .y = {.label = "v/g²"}};
    for (const double rho : rhos_) look(rho, report, chart);
    report.charts.push_back(std::move(chart));
    report.verdict = report.all_agree() ? Verdict::holds : Verdict::fails;
    report.because = "v/g² is 1 − ρ^t: 63% after n updates, 95% after 3n, and half after ln ½/ln ρ.";
    return report;
  }

 private:
  void look(double rho, Report& report, render::Chart& chart) const {
    const double n = optim::memory_of_rho(rho), half_life = optim::half_life_of_rho(rho);
    double longest = half_life;
    for (const double memories : memories_) longest = std::max(longest, memories * n);
    const auto v = accumulators(rho, static_cast<int>(std::ceil(longest)) + 1);
    for (const double memories : memories_) {
      const auto t = std::max(1, static_cast<int>(std::lround(memories * n)));
      report.rows.push_back(close(fmt::format("v/g² after {:g} n = {} updates, ρ {:g}", memories, t, rho),
                                  v[t - 1], 1 - std::pow(rho, t), 1e-9));
    }
    report.rows.push_back(
        counted(fmt::format("updates to v/g² = ½, ρ {:g}", rho),
                updates_until([&](std::int64_t t) { return v[t - 1] >= 0.5; }, std::ssize(v)), half_life));
    render::Series series{.name = fmt::format("ρ {:g}", rho)};
    for (std::size_t t = 0; t < v.size(); t += std::max<std::size_t>(1, v.size() / 150))
      add_point(series, static_cast<double>(t + 1) / n, v[t]);
    chart.series.push_back(std::move(series));
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  std::vector<double> memories_ = {1, 3, 5};
};

}  // namespace

Lab memory() {
  return {
      "memory", "RMSprop remembers 1/(1 − ρ) updates and halves an old gradient's weight every ln ½/ln ρ.",
      "Tieleman & Hinton 2012; the weights (1 − ρ)ρ^k are a geometric series", Verdict::holds, make<Memory>};
}

}  // namespace rhoam::lab
