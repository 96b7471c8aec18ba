// v/g² under a constant gradient, the clearest view of what ρ remembers.
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "apps/lab/lab.h"
#include "apps/lab/parameters.h"
#include "optim/rho.h"
#include "optim/scale_by_rms.h"

namespace rhoam::lab {
namespace {

/// v after each of `steps` updates on the gradient 1, read off the step: with ε = 0 it is 1/√v.
std::vector<double> accumulators(double rho, int steps) {
  const auto stage = optim::scale_by_rms<double>(
      {.rho = rho, .eps = 0.0, .bias_correction = optim::BiasCorrection::none}, 1);
  std::vector<double> all;
  for (int t = 1; t <= steps; ++t) {
    const double one = 1;
    double u = 0;
    stage->begin({.t = t, .clocks = {}});
    stage->apply({.begin = 0, .size = 1, .theta = &one, .gradient = &one, .in = &one, .out = &u});
    all.push_back(1 / (u * u));
  }
  return all;
}

class Memory final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    add_numbers(options, "memories", memories_, "when to look, in effective memories n = 1/(1 − ρ)",
                {.low = 0, .high = 1000, .low_open = true});
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
    int half = 0;
    while (v[half] < 0.5) ++half;
    report.rows.push_back(between(fmt::format("updates to v/g² = ½, ρ {:g}", rho), half + 1, half_life,
                                  std::ceil(half_life) + 1e-9));
    render::Series series{.name = fmt::format("ρ {:g}", rho)};
    for (std::size_t t = 0; t < v.size(); t += std::max<std::size_t>(1, v.size() / 200)) {
      series.x.push_back(static_cast<double>(t + 1) / n);
      series.y.push_back(v[t]);
    }
    chart.series.push_back(std::move(series));
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  std::vector<double> memories_ = {1, 3, 5};
};

}  // namespace

Lab memory() {
  return {"memory",
          "RMSprop remembers 1/(1 − ρ) updates and halves an old gradient's weight every ln ½/ln ρ.",
          "Tieleman & Hinton 2012; geometric sum", Verdict::holds,
          [] { return std::unique_ptr<Experiment>(new Memory); }};
}

}  // namespace rhoam::lab
