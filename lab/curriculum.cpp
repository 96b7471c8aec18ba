// A lesson whose gradients are k times as large: how long v takes to adapt.
#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "rhoam/lab/counting.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

/// One change of scale with one memory.
struct Lesson {
  double rho, factor;
  std::optional<std::int64_t> adapted = {};  ///< updates until the step is nearly lr
  render::Series steps = {};
};

class Curriculum final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e5);
    add_numbers(options, "factors", factors_, "new gradient over old", {.low = 1e-6, .high = 1e6});
    options.add("within", within_, "a step is adapted when it is lr but for this share",
                {.low = 1e-6, .high = 0.5});
    options.add("lr", lr_, "learning rate", {.low = 1e-12, .high = 1e6});
  }

  Report run(core::ThreadPool& pool) override {
    std::vector<Lesson> lessons;
    for (const double factor : factors_)
      for (const double rho : rhos_) lessons.push_back({rho, factor});
    pool.run(static_cast<int>(lessons.size()), [&](int i) { measure(lessons[i]); });

    Report report{
        .setup = fmt::format("The gradient is 1 and v has settled at 1; then the gradient is k. Adapted is a "
                             "step within {:g}% of lr {:g}.",
                             100 * within_, lr_)};
    for (const auto& lesson : lessons) compare(lesson, report);
    report.charts = {steps_chart(lessons), updates_chart(lessons)};
    report.verdict = report.all_agree() ? Verdict::holds : Verdict::fails;
    report.because =
        "the time is proportional to n = 1/(1 − ρ), but the factor grows with ln k² and depends on the "
        "direction: smaller gradients take longer than larger ones.";
    return report;
  }

 private:
  /// v/k² = 1 + (1/k² − 1)ρ^t.
  static double step_over_lr(double rho, double factor, double t) {
    return 1 / std::sqrt(1 + (1 / (factor * factor) - 1) * std::pow(rho, t));
  }

  /// The step is 1 ± within where |v/k² − 1| has fallen to 1 − 1/(1 + within)², or 1/(1 − within)² − 1.
  double adaptation(double rho, double factor) const {
    const double start = 1 / (factor * factor) - 1;
    const double end = 1 / std::pow(factor > 1 ? 1 + within_ : 1 - within_, 2) - 1;
    return start / end <= 1 || start == 0 ? 0 : std::log(start / end) / -std::log(rho);
  }

  void measure(Lesson& lesson) const {
    Stepper stepper({.lr = lr_,
                     .rho = lesson.rho,
                     .eps = 0.0,
                     .first_v = 1,
                     .bias_correction = optim::BiasCorrection::none});
    LogTrace trace(fmt::format("ρ {:g}", lesson.rho));
    lesson.adapted = updates_until([&](std::int64_t t) {
      const double step = stepper.step(lesson.factor) / lr_;
      trace.add(static_cast<double>(t), step);
      return std::abs(step - 1) <= within_;
    });
    lesson.steps = trace.series();
  }

  void compare(const Lesson& lesson, Report& report) const {
    const std::string at = fmt::format(", k {:g}, ρ {:g}", lesson.factor, lesson.rho);
    report.rows.push_back(
        counted("updates to adapt" + at, lesson.adapted, adaptation(lesson.rho, lesson.factor)));
  }

  render::Chart steps_chart(const std::vector<Lesson>& lessons) const {
    render::Chart chart{.title = "After the gradient's scale has changed",
                        .x = {.label = "updates after the change", .log = true},
                        .y = {.label = "step / lr", .log = true}};
    for (const double rho : rhos_) {
      render::Series series{.name = fmt::format("ρ {:g}", rho)};
      for (const auto& lesson : lessons) {
        if (lesson.rho != rho) continue;
        for (std::size_t i = 0; i < lesson.steps.x.size(); ++i)
          add_point(series, lesson.steps.x[i], lesson.steps.y[i]);
        add_gap(series);
      }
      chart.series.push_back(std::move(series));
    }
    render::Series formula{.name = "formula", .style = render::Style::dashed};
    for (const auto& lesson : lessons) {
      add_curve(formula, log_spaced(1, lesson.steps.x.back(), 25),
                [&](double t) { return step_over_lr(lesson.rho, lesson.factor, t); });
      add_gap(formula);
    }
    chart.series.push_back(std::move(formula));
    return chart;
  }

  render::Chart updates_chart(const std::vector<Lesson>& lessons) const {
    render::Chart chart{.title = fmt::format("Updates to adapt to {:g}%", 100 * within_),
                        .x = {.label = "memory n = 1/(1 − ρ), updates", .log = true},
                        .y = {.label = "updates", .log = true}};
    render::Series formula{.name = "formula", .style = render::Style::dashed};
    for (const double factor : factors_) {
      render::Series measured{.name = fmt::format("gradient × {:g}", factor), .style = render::Style::points};
      for (const auto& lesson : lessons)
        if (lesson.factor == factor && lesson.adapted)
          add_point(measured, optim::memory_of_rho(lesson.rho), static_cast<double>(*lesson.adapted));
      chart.series.push_back(std::move(measured));
      add_curve(formula, log_spaced(2, 1e4, 30),
                [&](double n) { return adaptation(optim::rho_of_memory(n), factor); });
      add_gap(formula);
    }
    chart.series.push_back(std::move(formula));
    return chart;
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  std::vector<double> factors_ = {10, 0.1};
  double within_ = 0.1, lr_ = 0.01;
};

}  // namespace

Lab curriculum() {
  return {"curriculum",
          "When a curriculum changes the gradient's scale, RMSprop adapts within a time proportional to its "
          "memory 1/(1 − ρ).",
          "v = k² + (1 − k²)ρ^t after a change by k", Verdict::holds, make<Curriculum>};
}

}  // namespace rhoam::lab
