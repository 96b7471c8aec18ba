// Weight decay on an unused weight: through the accumulator, or past it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/descent.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/gaussian_steps.h"

namespace rhoam::lab {
namespace {

constexpr int kPairs = 32;                      ///< pairs of weights of one seed
constexpr std::int64_t kLongestWatch = 20'000;  ///< updates; slower decay is extrapolated

/// One seed's mean weight, which starts at 1.
struct Watch {
  double half_life;
  render::Series path;
};

class Decay final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rho(options, rho_, 1e4);
    options.add("lr", lr_, "learning rate", {.low = 1e-6, .high = 10});
    options.add("weight-decay", weight_decay_, "λ, the pull of a weight to 0", {.low = 1e-6, .high = 10});
    add_numbers(options, "noises", noises_, "standard deviations σ of the gradient",
                {.low = 1e-6, .high = 1e6});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    if (lr_ * weight_decay_ > 1)
      throw core::UsageError(fmt::format(
          "--lr {:g} times --weight-decay {:g} is above 1: decay would overshoot 0", lr_, weight_decay_));
    Report report{.setup = fmt::format("The weight starts at 1 and its gradient is noise σz, z from N(0, 1). "
                                       "lr {:g}, ρ {:g}, λ {:g}; half-life of the mean of {} weights, half "
                                       "of them with −z; {} seeds. What takes longer than {} updates is "
                                       "extrapolated.",
                                       lr_, rho_, weight_decay_, 2 * kPairs, seeds_.count, kLongestWatch)};
    const auto coupled = watch_all(true, pool), decoupled = watch_all(false, pool);
    for (std::size_t i = 0; i < noises_.size(); ++i)
      report.rows.push_back(coupled_row(noises_[i], half_lives(coupled[i])));
    for (std::size_t i = 0; i < noises_.size(); ++i)
      report.rows.push_back(sampled(fmt::format("half-life, decoupled, σ {:g}", noises_[i]),
                                    half_lives(decoupled[i]), decoupled_half_life(), 1e-6));
    report.charts = {half_life_chart(report), paths_chart(coupled, decoupled)};
    judge(report);
    return report;
  }

 private:
  optim::OptimizerConfig config(bool coupled) const {
    return {.lr = lr_, .rho = rho_, .eps = 0.0, .weight_decay = weight_decay_, .decoupled_decay = !coupled};
  }

  Watch watch(bool coupled, double noise, std::uint64_t seed) const {
    Descent descent(config(coupled), std::vector<double>(2 * kPairs, 1));
    core::Stream draws(seed, core::Purpose::environment);
    std::vector<double> gradient(2 * kPairs);
    LogTrace path(coupled ? fmt::format("coupled, σ {:g}", noise) : "decoupled");
    double mean = 1;
    std::int64_t t = 0;
    while (mean > 0.5 && t < kLongestWatch) {
      for (int i = 0; i < kPairs; ++i) {
        gradient[2 * i] = noise * draws.normal();
        gradient[2 * i + 1] = -gradient[2 * i];
      }
      descent.step(gradient);
      mean = core::mean(descent.theta());
      path.add(static_cast<double>(++t), mean);
    }
    constexpr double kGone = 1e-12;
    return {mean > kGone ? static_cast<double>(t) * std::log(0.5) / std::log(mean) : 0, path.series()};
  }

  /// [noise][seed].
  std::vector<std::vector<Watch>> watch_all(bool coupled, core::ThreadPool& pool) const {
    std::vector<std::vector<Watch>> all;
    for (const double noise : noises_)
      all.push_back(seeds_.each(pool, [&](std::uint64_t seed) { return watch(coupled, noise, seed); }));
    return all;
  }

  static std::vector<double> half_lives(const std::vector<Watch>& seeds) {
    std::vector<double> all;
    for (const auto& seed : seeds) all.push_back(seed.half_life);
    return all;
  }

  /// θ ← (1 − lr·λ)θ except for steps that average out.
  double decoupled_half_life() const { return std::log(0.5) / std::log1p(-lr_ * weight_decay_); }

  /// The gradient is N(λθ, σ²), the mean step a function of λθ/σ. Shortest where v follows θ at once:
  /// ∫ dθ/step from ½ to 1; about σ·ln 2/(lr·λ) where σ ≫ λ.
  double shortest_coupled(double noise) const {
    constexpr int kParts = 8;
    double updates = 0;
    for (int i = 0; i < kParts; ++i) {
      const double theta = 0.5 + 0.5 * (i + 0.5) / kParts;
      updates += 0.5 / kParts / (lr_ * mean_step(rho_, weight_decay_ * theta / noise));
    }
    return updates;
  }
  /// Longest where v stays what it was at 1, so that the decay is exponential.
  double longest_coupled(double noise) const {
    return std::log(2) / (lr_ * mean_step(rho_, weight_decay_ / noise));
  }

  /// The formula assumes that single steps are small beside the weight.
  Row coupled_row(double noise, const std::vector<double>& half_lives) const {
    constexpr double kSmallStep = 0.05, kSampling = 0.03;
    Row row = sampled(fmt::format("half-life, coupled, σ {:g}", noise), half_lives);
    if (lr_ > kSmallStep) return row;
    const double low = shortest_coupled(noise) * (1 - kSampling) - 1;
    const double high = longest_coupled(noise) * (1 + kSampling) + 1;
    row.expected = fmt::format("{:.4g} … {:.4g}", low, high);
    row.agrees = low <= row.interval->high && row.interval->low <= high;
    return row;
  }

  render::Chart half_life_chart(const Report& report) const {
    render::Chart chart{.title = "Half-life of a weight that nothing needs",
                        .x = {.label = "gradient noise σ", .log = true},
                        .y = {.label = "updates", .log = true}};
    for (const char* name : {"coupled", "decoupled"}) {
      render::Series measured{.name = name, .style = render::Style::points};
      for (std::size_t i = 0; i < noises_.size(); ++i) {
        const Row& row = report.rows[i + chart.series.size() * noises_.size()];
        add_point(measured, noises_[i], row.measured);
        measured.low.push_back(row.interval->low);
        measured.high.push_back(row.interval->high);
      }
      chart.series.push_back(std::move(measured));
    }
    render::Series formula{.name = "formula", .style = render::Style::dashed};
    const auto [low, high] = std::ranges::minmax(noises_);
    const auto noises = log_spaced(low, high, 12);
    add_curve(formula, noises, [&](double noise) { return shortest_coupled(noise); });
    add_gap(formula);
    add_curve(formula, noises, [&](double noise) { return longest_coupled(noise); });
    add_gap(formula);
    add_curve(formula, {low, high}, [&](double) { return decoupled_half_life(); });
    chart.series.push_back(std::move(formula));
    return chart;
  }

  /// Paths of the first seed.
  render::Chart paths_chart(const std::vector<std::vector<Watch>>& coupled,
                            const std::vector<std::vector<Watch>>& decoupled) const {
    render::Chart chart{
        .title = "Decay of the weight", .x = {.label = "update", .log = true}, .y = {.label = "mean weight"}};
    for (const auto& seeds : coupled) chart.series.push_back(seeds[0].path);
    chart.series.push_back(decoupled[0][0].path);
    return chart;
  }

  void judge(Report& report) const {
    const auto split = report.rows.begin() + static_cast<std::ptrdiff_t>(noises_.size());
    const auto by_half_life = [](const Row& a, const Row& b) { return a.measured < b.measured; };
    const auto [short_coupled, long_coupled] = std::minmax_element(report.rows.begin(), split, by_half_life);
    const auto [short_free, long_free] = std::minmax_element(split, report.rows.end(), by_half_life);
    const bool differs =
        long_coupled->measured * short_free->measured > 1.5 * short_coupled->measured * long_free->measured;
    const bool one_noise = std::ranges::min(noises_) == std::ranges::max(noises_);
    if (report.all_agree()) report.verdict = one_noise || differs ? Verdict::holds : Verdict::caveat;
    report.because = fmt::format(
        "coupled, the half-life is about σ·ln 2/(lr·λ), here {:.3g} to {:.3g} updates; decoupled, it is ln "
        "2/(lr·λ) for every weight. Below σ = λ coupled decay is even the faster one.",
        short_coupled->measured, long_coupled->measured);
  }

  std::vector<double> noises_ = {0.01, 0.1, 1, 10};
  double rho_ = 0.99, lr_ = 0.01, weight_decay_ = 0.1;
  Seeds seeds_{.count = 10};
};

}  // namespace

Lab decay() {
  return {
      "decay",
      "L2 in the gradient goes through RMSprop's accumulator, so noisy weights hardly decay; decoupled decay "
      "treats all alike.",
      "Loshchilov & Hutter 2019; mean step under Gaussian gradients in closed form", Verdict::holds,
      make<Decay>};
}

}  // namespace rhoam::lab
