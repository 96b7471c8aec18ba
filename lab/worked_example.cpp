// The arithmetic of a text's example, step by step.
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {
namespace {

/// A run on f(x) = x².
struct Example {
  double x = 4, lr = 0.1, rho = 0.9, eps = 0;
  int steps = 5;
};

constexpr double kTextsFirstX = 1.47;

/// x₀, x₁ …
std::vector<double> by_optimizer(const Example& example) {
  Descent descent({.lr = example.lr,
                   .rho = example.rho,
                   .eps = example.eps,
                   .bias_correction = optim::BiasCorrection::none},
                  {example.x});
  std::vector<double> path{example.x};
  for (int t = 0; t < example.steps; ++t) {
    const double gradient = 2 * descent.theta()[0];
    descent.step({&gradient, 1});
    path.push_back(descent.theta()[0]);
  }
  return path;
}

/// Each x from the one before, calculated by hand: g = 2x, v ← ρv + (1 − ρ)g², x ← x − lr·g/(√v + ε).
std::vector<double> by_hand(const Example& example, const std::vector<double>& path) {
  std::vector<double> next{example.x};
  double v = 0;
  for (int t = 0; t < example.steps; ++t) {
    const double g = 2 * path[t];
    v = example.rho * v + (1 - example.rho) * g * g;
    next.push_back(g == 0 ? path[t] : path[t] - example.lr * g / (std::sqrt(v) + example.eps));
  }
  return next;
}

class WorkedExample final : public Experiment {
 public:
  void describe(core::Options& options) override {
    options.add("x", example_.x, "where the descent starts", {.low = -1e9, .high = 1e9});
    options.add("lr", example_.lr, "learning rate, the text's η", {.low = 1e-12, .high = 1e9});
    add_rho(options, example_.rho);
    options.add("eps", example_.eps, "ε beside √v", {.low = 0, .high = 1e9});
    options.add("steps", example_.steps, "updates in the table", {.low = 1, .high = 50});
  }

  Report run(core::ThreadPool&) override {
    Report report{.setup = fmt::format("f(x) = x² from x = {:g}, lr {:g}, ρ {:g}, ε {:g}, v₀ = 0.",
                                       example_.x, example_.lr, example_.rho, example_.eps)};
    const double first = by_optimizer({})[1];
    report.rows.push_back(
        close("the text's example: x₁", first, 4 - 0.1 * 8 / std::sqrt(0.1 * 8 * 8), 1e-12));
    report.rows.push_back(figure("x₁ as the text prints it", kTextsFirstX));
    compare_paths(report);
    report.verdict = std::abs(first - kTextsFirstX) < 0.005 ? Verdict::holds : Verdict::fails;
    report.because =
        "g = 8, v = 6.4 and the step is 0.1/√6.4·8 = 0.316, so x₁ = 3.684; 1.47 comes from multiplying 0.316 "
        "by 8 once more.";
    return report;
  }

 private:
  void compare_paths(Report& report) const {
    const auto measured = by_optimizer(example_), hand = by_hand(example_, measured);
    render::Series ours{.name = "optimizer", .style = render::Style::points},
        theirs{.name = "by hand", .style = render::Style::dashed},
        text{.name = "the text", .x = {1}, .y = {kTextsFirstX}, .style = render::Style::points};
    for (int t = 0; t <= example_.steps; ++t) {
      const double rounding = t > 0 ? 1e-12 * (std::abs(measured[t]) + std::abs(measured[t - 1])) : 0;
      if (t > 0)
        report.rows.push_back(near(fmt::format("x after update {}", t), measured[t], hand[t], rounding));
      add_point(ours, t, measured[t]);
      add_point(theirs, t, hand[t]);
    }
    report.charts.push_back({.title = "RMSprop on f(x) = x²",
                             .x = {.label = "update"},
                             .y = {.label = "x"},
                             .series = {std::move(ours), std::move(theirs), std::move(text)}});
  }

  Example example_;
};

}  // namespace

Lab worked_example() {
  return {"worked-example",
          "For f(x) = x² at x = 4 with η = 0.1 and γ = 0.9, RMSprop's first step leads to x = 1.47.",
          "a worked example in circulation; Tieleman & Hinton 2012 for the rule", Verdict::fails,
          make<WorkedExample>};
}

}  // namespace rhoam::lab
