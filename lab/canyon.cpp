// A steep canyon, then a plain: what an accumulator that never forgets does to the steps.
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

/// What happened on the plain; steps are in units of lr.
struct Crossing {
  std::int64_t canyon = kPatience;              ///< updates in the canyon
  std::optional<std::int64_t> half_speed = {};  ///< updates on the plain until the step is ½
  double last_step = 0;                         ///< at the last update that counts
  double distance = 0;                          ///< of the updates that count
  render::Series steps = {};
};

class Canyon final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    options.add("lr", lr_, "learning rate of every optimizer", {.low = 1e-6, .high = 1e6});
    options.add("steep", steep_, "gradient in the canyon", {.low = 1e-6, .high = 1e6});
    options.add("flat", flat_, "gradient on the plain", {.low = 1e-6, .high = 1e6});
    options.add("width", width_, "width of the canyon", {.low = 1e-6, .high = 100});
    options.add("steps", steps_, "updates on the plain that count for the distance", {.low = 1, .high = 1e6});
  }

  Report run(core::ThreadPool& pool) override {
    Report report{.setup =
                      fmt::format("The gradient is {:g} for x < {:g}, then {:g}; lr {:g}, v₀ = 0 without "
                                  "bias correction. Who is still in the canyon after {} updates is set down "
                                  "on the plain. Steps and distances are in units of lr.",
                                  steep_, width_, flat_, lr_, kPatience)};
    const int count = static_cast<int>(rhos_.size());
    std::vector<Crossing> crossings(rhos_.size() + 1);
    pool.run(count + 1, [&](int i) {
      crossings[i] = i < count ? cross(rmsprop(rhos_[i]), fmt::format("ρ {:g}", rhos_[i]), kPatience)
                               : cross(adagrad(), "AdaGrad", 0);
    });
    for (std::size_t i = 0; i < rhos_.size(); ++i) compare_rmsprop(rhos_[i], crossings[i], report);
    compare_adagrad(crossings.back(), report);
    report.charts.push_back(chart(crossings));
    judge(crossings, report);
    return report;
  }

 private:
  optim::OptimizerConfig rmsprop(double rho) const {
    return {.lr = lr_, .rho = rho, .eps = 0.0, .bias_correction = optim::BiasCorrection::none};
  }
  optim::OptimizerConfig adagrad() const { return {.recipe = "adagrad", .lr = lr_, .eps = 0.0}; }

  /// Makes the updates on the plain that count, and more until half speed, up to `patience` in all.
  Crossing cross(const optim::OptimizerConfig& config, const std::string& name, std::int64_t patience) const {
    Stepper stepper(config);
    Crossing crossing;
    double x = 0;
    if (const auto out = updates_until([&](auto) { return (x += stepper.step(steep_)) >= width_; }))
      crossing.canyon = *out;
    LogTrace trace(name);
    for (std::int64_t t = 1; t <= steps_ || (t <= patience && !crossing.half_speed); ++t) {
      const double step = stepper.step(flat_) / lr_;
      trace.add(static_cast<double>(t), step);
      if (t <= steps_) crossing.distance += step;
      if (t == steps_) crossing.last_step = step;
      if (step >= 0.5 && !crossing.half_speed) crossing.half_speed = t;
    }
    crossing.steps = trace.series();
    return crossing;
  }

  /// v/flat² of RMSprop when it leaves the canyon.
  double exit(double rho, const Crossing& crossing) const {
    return std::pow(steep_ / flat_, 2) * (1 - std::pow(rho, crossing.canyon));
  }
  /// On the plain v/flat² = 1 + (exit − 1)ρ^t.
  double rmsprop_step(double rho, const Crossing& crossing, double t) const {
    return 1 / std::sqrt(1 + (exit(rho, crossing) - 1) * std::pow(rho, t));
  }
  /// The sum of squares keeps growing.
  double adagrad_step(const Crossing& crossing, double t) const {
    return 1 / std::sqrt(std::pow(steep_ / flat_, 2) * static_cast<double>(crossing.canyon) + t);
  }
  /// The step is ½ when v/flat² is 4.
  double half_speed(double rho, const Crossing& crossing) const {
    const double excess = (exit(rho, crossing) - 1) / 3;
    return excess <= 1 ? 0 : std::log(excess) / -std::log(rho);
  }
  template <class Step>
  double distance(Step&& step) const {
    double sum = 0;
    for (int t = 1; t <= steps_; ++t) sum += step(t);
    return sum;
  }

  void compare_rmsprop(double rho, const Crossing& crossing, Report& report) const {
    report.rows.push_back(counted(fmt::format("updates on the plain to half speed, ρ {:g}", rho),
                                  crossing.half_speed, half_speed(rho, crossing)));
    report.rows.push_back(close(fmt::format("distance in {} updates on the plain, ρ {:g}", steps_, rho),
                                crossing.distance,
                                distance([&](int t) { return rmsprop_step(rho, crossing, t); }), 1e-6));
  }

  void compare_adagrad(const Crossing& crossing, Report& report) const {
    report.rows.push_back(close(fmt::format("step after {} updates on the plain, AdaGrad", steps_),
                                crossing.last_step, adagrad_step(crossing, steps_), 1e-6));
    report.rows.push_back(close(fmt::format("distance in {} updates on the plain, AdaGrad", steps_),
                                crossing.distance, distance([&](int t) { return adagrad_step(crossing, t); }),
                                1e-6));
  }

  render::Chart chart(const std::vector<Crossing>& crossings) const {
    render::Chart chart{.title = "Step on the plain after the canyon",
                        .x = {.label = "updates on the plain", .log = true},
                        .y = {.label = "step / lr", .log = true}};
    for (const auto& crossing : crossings) chart.series.push_back(crossing.steps);
    render::Series theory{.name = "formula", .style = render::Style::dashed};
    for (std::size_t i = 0; i < rhos_.size(); ++i) {
      add_curve(theory, log_spaced(1, crossings[i].steps.x.back(), 60),
                [&](double t) { return rmsprop_step(rhos_[i], crossings[i], t); });
      add_gap(theory);
    }
    chart.series.push_back(std::move(theory));
    return chart;
  }

  /// Updates to half speed in memories, for each ρ.
  std::string memories(const std::vector<Crossing>& crossings) const {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < rhos_.size(); ++i)
      all.push_back(
          fmt::format("{:.1f}", half_speed(rhos_[i], crossings[i]) / optim::memory_of_rho(rhos_[i])));
    return core::join(all);
  }

  void judge(const std::vector<Crossing>& crossings, Report& report) const {
    const auto recovers = [&](const Crossing& crossing) {
      return crossing.half_speed && crossing.distance > 10 * crossings.back().distance;
    };
    const auto recovered = std::count_if(crossings.begin(), crossings.end() - 1, recovers);
    const bool all = recovered == std::ssize(rhos_) && report.all_agree();
    report.verdict = all ? Verdict::holds : recovered > 0 ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "RMSprop is back at half speed after n·ln((v/g² − 1)/3) updates, here {} memories n = 1/(1 − ρ), and "
        "AdaGrad crawls on; but until then a long memory stands nearly as still.",
        memories(crossings));
  }

  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  double lr_ = 0.1, steep_ = 100, flat_ = 0.01, width_ = 5;
  int steps_ = 5000;
};

}  // namespace

Lab canyon() {
  return {"canyon", "After a steep canyon AdaGrad stands still on the plain; RMSprop forgets and moves on.",
          "Tieleman & Hinton 2012; v = g² + (v_exit − g²)ρ^t on the plain", Verdict::holds, make<Canyon>};
}

}  // namespace rhoam::lab
