// A linear unit behind batch normalisation: what the gain γ and the length of W do to a step.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::lab {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}
double length(std::span<const double> a) { return std::sqrt(dot(a, a)); }

/// y = γ(Wx − mean)/deviation over a batch of fresh x, without the customary ε.
class NormalisedUnit {
 public:
  NormalisedUnit(int features, int batch, std::uint64_t seed)
      : features_(static_cast<std::size_t>(features)),
        inputs_(features_ * static_cast<std::size_t>(batch)),
        normal_(batch),
        d_output_(batch),
        stream_(seed, core::Purpose::environment) {}

  /// Draws the next batch, and dL/dy independently of y.
  void draw() {
    for (double& x : inputs_) x = stream_.normal();
    for (double& d : d_output_) d = stream_.normal() / static_cast<double>(d_output_.size());
  }

  /// dL/dW of this batch (Ioffe & Szegedy 2015): at right angles to W, in proportion to γ/|W|.
  std::vector<double> gradient(std::span<const double> w, double gain) {
    const double deviation = normalise(w), batch = static_cast<double>(normal_.size());
    const double mean = std::accumulate(d_output_.begin(), d_output_.end(), 0.0) / batch;
    const double along = dot(d_output_, normal_) / batch;
    std::vector<double> result(features_);
    for (std::size_t i = 0; i < normal_.size(); ++i) {
      const double d = gain * (d_output_[i] - mean - along * normal_[i]) / deviation;
      for (std::size_t j = 0; j < features_; ++j) result[j] += d * row(i)[j];
    }
    return result;
  }

 private:
  std::span<const double> row(std::size_t i) const {
    return std::span(inputs_).subspan(i * features_, features_);
  }
  /// Fills normal_ and returns the deviation.
  double normalise(std::span<const double> w) {
    const double batch = static_cast<double>(normal_.size());
    for (std::size_t i = 0; i < normal_.size(); ++i) normal_[i] = dot(w, row(i));
    const double mean = std::accumulate(normal_.begin(), normal_.end(), 0.0) / batch;
    for (double& z : normal_) z -= mean;
    const double deviation = length(normal_) / std::sqrt(batch);
    for (double& z : normal_) z /= deviation;
    return deviation;
  }

  std::size_t features_;
  std::vector<double> inputs_, normal_, d_output_;
  core::Stream stream_;
};

/// Effect of one update on W.
struct Move {
  double step = 0;   ///< |ΔW|
  double angle = 0;  ///< by which W turns, rad
  double along = 0;  ///< |cosine| between W and ΔW
};

Move measure(std::span<const double> w, std::span<const double> step) {
  const double w_length = length(w), step_length = length(step);
  if (step_length == 0) return {};
  const double cosine = dot(w, step) / w_length / step_length;
  const double across = step_length * std::sqrt(std::max(0.0, 1 - cosine * cosine));
  return {step_length, std::atan2(across, w_length + step_length * cosine), std::abs(cosine)};
}

class BatchNorm final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rho(options, rho_);
    options.add("lr", lr_, "learning rate", {.low = 1e-9, .high = 1e3});
    options.add("eps", eps_, "RMSprop's ε; 0 makes the invariance exact", {.low = 0, .high = 1e6});
    add_numbers(options, "gains", gains_, "values of γ", {.low = 1e-9, .high = 1e9});
    add_numbers(options, "lengths", lengths_, "lengths of W at the start", {.low = 1e-9, .high = 1e9});
    options.add("features", features_, "inputs of the unit", {.low = 2, .high = 64});
    options.add("batch", batch_, "rows of a batch", {.low = 4, .high = 128});
    options.add("updates", updates_, "updates of a run", {.low = 1, .high = 500});
    options.add("seed", seed_, "of inputs and gradients", {.low = 0, .high = 1e15});
  }

  Report run(core::ThreadPool&) override {
    Report report{.setup = fmt::format(
                      "y = γ·normalise(Wx), {} inputs, fresh batches of {}, a random dL/dy that is the same "
                      "for every γ and |W|; {} updates, lr {:g}, ρ {:g}, ε {:g}.",
                      features_, batch_, updates_, lr_, rho_, eps_)};
    double deviation = 0;
    for (const double gain : gains_) deviation = std::max(deviation, compare_gain(gain, report));
    for (const double start : lengths_) compare_length(start, report);
    report.charts = {steps_chart(), angles_chart()};
    report.verdict = deviation < 1e-9 ? Verdict::holds : deviation < 0.01 ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "RMSprop's mean step is the same for every γ{}, where gradient descent starts γ times as fast. But "
        "RMSprop sees |W|: a step turns W by an angle that falls as 1/|W|, with gradient descent as 1/|W|².",
        deviation > 0 ? fmt::format(" to {:.1g} of it", deviation) : "");
    return report;
  }

 private:
  optim::OptimizerConfig rmsprop() const { return {.lr = lr_, .rho = rho_, .eps = eps_}; }
  optim::OptimizerConfig descent() const { return {.recipe = "sgd", .lr = lr_}; }

  std::vector<Move> path(const optim::OptimizerConfig& config, double gain, double start, int updates) const {
    NormalisedUnit unit(features_, batch_, seed_);
    const auto size = static_cast<std::size_t>(features_);
    const auto optimizer = optim::make_optimizer<double>(config, size);
    std::vector<double> w(size, start / std::sqrt(features_));
    std::vector<Move> moves;
    for (int t = 0; t < updates; ++t) {
      unit.draw();
      std::vector<double> step(size);  // from 0, so that a small step keeps its digits
      optimizer->step(step, unit.gradient(w, gain), {});
      moves.push_back(measure(w, step));
      for (std::size_t i = 0; i < size; ++i) w[i] += step[i];
    }
    return moves;
  }
  double mean(double Move::*what, const optim::OptimizerConfig& config, double gain, double start) const {
    double sum = 0;
    for (const Move& move : path(config, gain, start, updates_)) sum += move.*what;
    return sum / updates_;
  }
  Move first(const optim::OptimizerConfig& config, double gain, double start) const {
    return path(config, gain, start, 1).front();
  }

  /// Returns the relative deviation of RMSprop's mean step from that at γ = 1.
  double compare_gain(double gain, Report& report) const {
    const auto at = fmt::format(", γ {:g}", gain);
    const double adaptive = mean(&Move::step, rmsprop(), gain, 1), unit = mean(&Move::step, rmsprop(), 1, 1);
    report.rows.push_back(exact_without_eps("mean |ΔW| of RMSprop" + at, adaptive, unit));
    report.rows.push_back(
        figure("mean |ΔW| of gradient descent" + at, mean(&Move::step, descent(), gain, 1)));
    report.rows.push_back(close("first |ΔW| of gradient descent" + at, first(descent(), gain, 1).step,
                                gain * first(descent(), 1, 1).step, 1e-9));
    return std::abs(adaptive / unit - 1);
  }

  /// ΔW of gradient descent is at right angles to W and falls as 1/|W|; RMSprop's first is lr in each input.
  void compare_length(double start, Report& report) const {
    const auto at = fmt::format(", |W₀| {:g}", start);
    const Move descends = first(descent(), 1, start);
    report.rows.push_back(figure("mean angle of RMSprop" + at, mean(&Move::angle, rmsprop(), 1, start)));
    report.rows.push_back(
        figure("mean angle of gradient descent" + at, mean(&Move::angle, descent(), 1, start)));
    report.rows.push_back(exact_without_eps("first |ΔW| of RMSprop" + at, first(rmsprop(), 1, start).step,
                                            lr_ * std::sqrt(features_)));
    report.rows.push_back(close("first |ΔW|/|W| of gradient descent" + at, descends.step / start,
                                first(descent(), 1, 1).step / (start * start), 1e-9));
    report.rows.push_back(below("|cos(W, first ΔW)| of gradient descent" + at, descends.along, 1e-9));
  }
  Row exact_without_eps(const std::string& what, double measured, double expected) const {
    return eps_ > 0 ? figure(what, measured) : close(what, measured, expected, 1e-9);
  }

  /// `what` over 1e-2 … 1e2, for each optimizer.
  template <class Measure>
  static std::vector<render::Series> curves(const Measure& what) {
    std::vector<render::Series> all;
    for (const char* name : {"RMSprop", "gradient descent"}) {
      render::Series series{.name = name};
      for (int i = -8; i <= 8; ++i) {
        series.x.push_back(std::pow(10, i / 4.0));
        series.y.push_back(what(all.empty(), series.x.back()));
      }
      all.push_back(std::move(series));
    }
    return all;
  }
  render::Chart steps_chart() const {
    return {.title = "A step behind batch norm",
            .x = {.label = "gain γ", .log = true},
            .y = {.label = "mean |ΔW|", .log = true},
            .series = curves([&](bool adaptive, double gain) {
              return mean(&Move::step, adaptive ? rmsprop() : descent(), gain, 1);
            })};
  }
  render::Chart angles_chart() const {
    return {.title = "and how far it turns W",
            .x = {.label = "|W| at the start", .log = true},
            .y = {.label = "mean angle, rad", .log = true},
            .series = curves([&](bool adaptive, double start) {
              return mean(&Move::angle, adaptive ? rmsprop() : descent(), 1, start);
            })};
  }

  double rho_ = 0.9, lr_ = 0.01, eps_ = 0;
  std::vector<double> gains_ = {0.1, 1, 10}, lengths_ = {0.1, 1, 10};
  int features_ = 8, batch_ = 32, updates_ = 200;
  std::uint64_t seed_ = 0;
};

}  // namespace

Lab batch_norm() {
  return {"batch-norm", "Behind batch normalisation RMSprop takes the same step whatever the gain γ.",
          "Ioffe & Szegedy 2015; Arora, Li & Lyu 2019 for the right angle and the effective rate",
          Verdict::holds, make<BatchNorm>};
}

}  // namespace rhoam::lab
