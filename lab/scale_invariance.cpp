// The path on a quadratic, and the path for a loss k times as large.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"

namespace rhoam::lab {
namespace {

constexpr double kCurvatures[] = {1, 25};
constexpr double kArrived = 1e-100;  ///< nearer to the minimum, squares would underflow

double slope(double curvature, double theta) { return std::abs(theta) < kArrived ? 0 : curvature * theta; }

/// Terms that break the invariance: ε and a nonzero first v.
struct Guard {
  std::string name;
  double eps = 0;
  optim::EpsPlace place = optim::EpsPlace::outside;
  double first_v = 0;

  /// A loss times k under this guard is the loss itself under the guard over k: all of v scales with k².
  Guard over(double k) const {
    const bool outside = place == optim::EpsPlace::outside;
    return {name, outside ? eps / k : eps / k / k, place, first_v / k / k};
  }
};

/// "loss × 2^10".
std::string times(double k) { return fmt::format("loss × 2^{:g}", std::log2(k)); }

/// θ₁ and θ₂ after each update.
using Trajectory = std::vector<double>;

/// The largest difference of two paths.
double deviation(const Trajectory& a, const Trajectory& b) {
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

class ScaleInvariance final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rho(options, rho_);
    options.add("lr", lr_, "learning rate", {.low = 1e-9, .high = 1e3});
    options.add("eps", eps_, "ε where there is one", {.low = 0, .high = 1e3});
    add_numbers(options, "scales", scales_,
                "factors on the loss; the nearest power of two is taken, which rounds no gradient",
                {.low = 1e-12, .high = 1e12});
    options.add("steps", steps_, "updates", {.low = 1, .high = 1e4});
  }

  Report run(core::ThreadPool& pool) override {
    for (double& k : scales_) k = std::exp2(std::round(std::log2(k)));
    Report report{.setup = fmt::format("f(θ) = ½(θ₁² + 25θ₂²) from (1, 1), {} updates of lr {:g}, ρ {:g}; "
                                       "largest deviation from the path of f on that of k·f.",
                                       steps_, lr_, rho_)};
    render::Chart chart{.title = "Deviation of the path of k·f from that of f",
                        .x = {.label = "factor k on the loss", .log = true},
                        .y = {.label = "largest |Δθ|", .log = true}};
    const auto all = guards();
    double worst = 0;
    for (const auto& guard : all) worst = std::max(worst, compare(guard, report));
    compare_sgd(report);
    chart.series.resize(all.size());
    pool.run(static_cast<int>(all.size()), [&](int i) { chart.series[i] = deviations(all[i]); });
    report.charts.push_back(std::move(chart));
    judge(worst, report);
    return report;
  }

 private:
  std::vector<Guard> guards() const {
    return {{"ε 0"},
            {fmt::format("√v + {:g}", eps_), eps_},
            {fmt::format("√(v + {:g})", eps_), eps_, optim::EpsPlace::inside},
            {"√(v + 1e-05), v₀ 1 (RMSpropTFLike)", 1e-5, optim::EpsPlace::inside, 1}};
  }

  Trajectory path(const optim::OptimizerConfig& config, double k) const {
    Descent descent(config, {1, 1});
    Trajectory path;
    for (int t = 0; t < steps_; ++t) {
      const auto theta = descent.theta();
      descent.step(std::array{k * slope(kCurvatures[0], theta[0]), k * slope(kCurvatures[1], theta[1])});
      path.insert(path.end(), theta.begin(), theta.end());
    }
    return path;
  }
  Trajectory path(const Guard& guard, double k) const {
    return path({.lr = lr_,
                 .rho = rho_,
                 .eps = guard.eps,
                 .eps_place = guard.place,
                 .first_v = guard.first_v,
                 .bias_correction = optim::BiasCorrection::none},
                k);
  }

  /// Returns the largest deviation over the scales.
  double compare(const Guard& guard, Report& report) const {
    const Trajectory reference = path(guard, 1);
    double worst = 0;
    for (const double k : scales_) {
      const double measured = deviation(path(guard, k), reference);
      const double expected = deviation(path(guard.over(k), 1), reference);
      report.rows.push_back(close(fmt::format("{}, {}", times(k), guard.name), measured, expected, 1e-12));
      worst = std::max(worst, measured);
    }
    return worst;
  }

  /// SGD multiplies θ₂ by 1 − 25·lr·k.
  void compare_sgd(Report& report) const {
    for (const double k : scales_) {
      const double factor = 1 - kCurvatures[1] * lr_ * k;
      const double measured = path({.recipe = "sgd", .lr = lr_}, k)[1];
      report.rows.push_back(near(fmt::format("{}, SGD: θ₂ after one update", times(k)), measured, factor,
                                 1e-12 * (1 + std::abs(factor))));
    }
  }

  render::Series deviations(const Guard& guard) const {
    render::Series series{.name = guard.name};
    const Trajectory reference = path(guard, 1);
    for (int exponent = -30; exponent <= 30; exponent += 2) {
      const double k = std::exp2(exponent);
      add_point(series, k, deviation(path(guard, k), reference));
    }
    if (std::ranges::max(series.y) == 0) series.name += ": 0 everywhere";
    return series;
  }

  /// A deviation of one step counts as visible.
  void judge(double worst, Report& report) const {
    if (!report.all_agree())
      report.verdict = Verdict::fails;
    else
      report.verdict = worst > lr_ ? Verdict::caveat : Verdict::holds;
    report.because =
        "without ε the paths agree in every bit; with it a loss over k is an ε times k, and the path changes "
        "as soon as gradients are not far above ε. An ε inside the root acts like its own root outside.";
  }

  double rho_ = 0.9, lr_ = 0.01, eps_ = 1e-8;
  std::vector<double> scales_ = {0x1p-30, 0x1p-20, 0x1p-10, 0x1p10};
  int steps_ = 500;
};

}  // namespace

Lab scale_invariance() {
  return {"scale-invariance", "RMSprop takes the same path whatever constant multiplies the loss.",
          "u = g/√v is free of scale; ε of PyTorch, TensorFlow 1 and Stable-Baselines3", Verdict::caveat,
          make<ScaleInvariance>};
}

}  // namespace rhoam::lab
