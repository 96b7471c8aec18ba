// A learning rate and the noise oscillate with the same period: does it matter which of them comes first?
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/core/schedule.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/tracking.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

constexpr double kAlike = 1.05;  // ratio of losses below which they count as the same

/// SGD, or RMSprop with this ρ.
struct Rule {
  std::optional<double> rho;

  std::string name() const { return rho ? fmt::format("ρ {:g}", *rho) : "SGD"; }
  std::unique_ptr<optim::Optimizer<double>> make(const core::Schedule& lr, std::size_t size) const {
    if (!rho) return optim::make_optimizer<double>({.recipe = "sgd", .lr = lr}, size);
    return optim::make_optimizer<double>({.lr = lr, .rho = *rho, .eps = 0.0}, size);
  }
  /// Bound on the relative error of a theory that replaces v by its mean: from v's own noise, and from an
  /// error θ − θ* that is not small beside the noise. 0 for SGD.
  double slack(double loss) const { return rho ? 0.75 / (2 * optim::memory_of_rho(*rho) - 1) + loss : 0; }
};

/// One rule at its best learning rate.
struct Outcome {
  Rule rule;
  double lr = 0;
  std::vector<std::vector<double>> losses = {};  ///< [lags, seeds]
  std::vector<double> theory = {};               ///< [lags]

  std::vector<double> by_lag() const {
    std::vector<double> means;
    for (const auto& seeds : losses) means.push_back(core::interquartile_mean(seeds));
    return means;
  }
};

std::size_t highest(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::ranges::max_element(values) - values.begin());
}
std::size_t lowest(const std::vector<double>& values) {
  return static_cast<std::size_t>(std::ranges::min_element(values) - values.begin());
}

class CosinePhase final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e4);
    add_numbers(options, "lr", lrs_, "peak learning rates; each rule uses the one that is best on average",
                {.low = 1e-3, .high = 0.5});
    options.add("period", period_, "of learning rate and noise, in updates", {.low = 4, .high = 2000});
    options.add("amplitude", amplitude_, "A: the noise has variance e^(A·sin)", {.low = 0, .high = 4});
    options.add("walk", walk_, "standard deviation of a step of the optimum", {.low = 1e-3, .high = 0.05});
    options.add("lags", lags_, "how many lags of the noise behind the learning rate", {.low = 2, .high = 36});
    options.add("steps", steps_, "updates of each run", {.low = 2000, .high = 50000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{
        .setup = fmt::format(
            "A walking optimum (step {:g}) seen through noise whose variance swings by e^±{:g}; the "
            "learning rate is a cosine between 0 and its peak with the same period of {:g} updates. {} "
            "lags of the noise, {} updates, {} seeds.",
            walk_, amplitude_, period_, lags_, steps_, seeds_.count)};
    const auto outcomes = measure(pool);
    for (const Outcome& outcome : outcomes) compare(outcome, report);
    report.charts = {over_lags(outcomes), over_memories(outcomes)};
    judge(outcomes, report);
    return report;
  }

 private:
  double degrees(std::size_t lag) const { return 360.0 * static_cast<double>(lag) / lags_; }

  TrackingTask task(int lag) const {
    const double behind = static_cast<double>(lag) / lags_;
    return {.drift = {.kind = optim::DriftKind::sine, .timescale = period_, .amplitude = amplitude_},
            .phase = 0.25 - behind,
            .drifting = Drifting::noise,
            .gain = 1,
            .walk = walk_,
            .updates = steps_};
  }
  core::Schedule cosine(double peak) const {
    return core::parse_schedule(fmt::format("sine:period={}updates,low=0,high={},phase=0.25", period_, peak));
  }

  std::vector<Outcome> measure(core::ThreadPool& pool) const {
    std::vector<Rule> rules = {{}};
    for (const double rho : rhos_) rules.push_back({rho});
    const std::size_t rates = lrs_.size();
    // [lags · seeds][rules · rates]
    std::vector<std::vector<double>> losses(static_cast<std::size_t>(lags_ * seeds_.count));
    pool.run(lags_ * seeds_.count, [&](int i) {
      std::vector<Learner> learners;
      const TrackingTask world = task(i / seeds_.count);
      for (const Rule& rule : rules)
        for (const double lr : lrs_) learners.push_back({rule.make(cosine(lr), world.dimension)});
      losses[i] =
          tracking_losses(world, seeds_.first + static_cast<std::uint64_t>(i % seeds_.count), learners);
    });
    std::vector<Outcome> outcomes;
    for (std::size_t r = 0; r < rules.size(); ++r) {
      std::vector<double> totals(rates);
      for (const auto& run : losses)
        for (std::size_t l = 0; l < rates; ++l) totals[l] += run[r * rates + l];
      outcomes.push_back(outcome(rules[r], r * rates, lowest(totals), losses));
    }
    return outcomes;
  }

  Outcome outcome(const Rule& rule, std::size_t first, std::size_t rate,
                  const std::vector<std::vector<double>>& losses) const {
    Outcome outcome{.rule = rule, .lr = lrs_[rate]};
    outcome.losses.resize(static_cast<std::size_t>(lags_));
    for (std::size_t i = 0; i < losses.size(); ++i)
      outcome.losses[i / static_cast<std::size_t>(seeds_.count)].push_back(losses[i][first + rate]);
    for (int lag = 0; lag < lags_; ++lag) outcome.theory.push_back(mean_loss(rule, lrs_[rate], lag));
    return outcome;
  }

  /// Mean over the run of P, the variance of θ − θ*, which goes through M = P + walk² to
  /// P = M(1 − 2k) + k²(M + R): exact for SGD with k = lr; for RMSprop k = lr/√v with the mean of v for v.
  double mean_loss(const Rule& rule, double peak, int lag) const {
    const TrackingTask world = task(lag);
    core::Schedule lr = cosine(peak), log_noise = log_variance(world.drift, 0, 0, world.phase);
    double p = 0, v = 0, sum = 0;
    for (core::Clocks clocks{.updates = 1}; clocks.updates <= steps_; ++clocks.updates) {
      const double m = p + walk_ * walk_, square = m + std::exp(log_noise.at(clocks));
      if (rule.rho) v += (square - v) * std::max(1 - *rule.rho, 1 / static_cast<double>(clocks.updates));
      const double k = lr.at(clocks) / (rule.rho ? std::sqrt(v) : 1);
      p = m * (1 - 2 * k) + k * k * square;
      sum += p;
    }
    return sum / steps_;
  }

  void compare(const Outcome& outcome, Report& report) const {
    const double loss = core::mean(outcome.theory), slack = 0.05 + outcome.rule.slack(loss);
    const auto by_lag = outcome.by_lag();
    const std::size_t worst = highest(by_lag), best = lowest(by_lag);
    std::vector<double> ratios, means;
    for (std::size_t s = 0; s < outcome.losses[0].size(); ++s) {
      ratios.push_back(outcome.losses[worst][s] / outcome.losses[best][s]);
      double sum = 0;
      for (const auto& seeds : outcome.losses) sum += seeds[s];
      means.push_back(sum / lags_);
    }
    const auto name = fmt::format("{}, lr {:g}", outcome.rule.name(), outcome.lr);
    const auto [low, high] = std::ranges::minmax(outcome.theory);
    report.rows.push_back(sampled("mean loss, " + name, means, loss, slack));
    report.rows.push_back(sampled("highest over lowest loss, " + name, ratios, high / low, slack));
    report.rows.push_back(lag_row("lag of the highest loss, degrees, " + name, worst, outcome.theory));
  }

  /// Agrees within one lag, around the circle. Nothing is expected where all losses are alike.
  Row lag_row(const std::string& what, std::size_t lag, const std::vector<double>& theory) const {
    const auto [low, high] = std::ranges::minmax(theory);
    Row row = figure(what, std::remainder(degrees(lag), 360));
    if (high < kAlike * low) return row;
    const double expected = degrees(highest(theory)), step = 360.0 / lags_;
    row.expected = fmt::format("{:g} ± {:g}", std::remainder(expected, 360), step);
    row.agrees = std::abs(std::remainder(degrees(lag) - expected, 360)) <= step * (1 + 1e-9);
    return row;
  }

  void judge(const std::vector<Outcome>& outcomes, Report& report) const {
    const auto follows = [&](const Outcome& outcome) {
      const auto by_lag = outcome.by_lag();
      const std::size_t worst = highest(by_lag), best = lowest(by_lag);
      return by_lag[worst] > kAlike * by_lag[best] && std::abs(std::remainder(degrees(worst), 360)) <= 60 &&
             std::abs(std::remainder(degrees(best), 360)) >= 120;
    };
    const auto count = std::ranges::count_if(outcomes, follows);
    report.verdict = count == std::ssize(outcomes) ? Verdict::holds
                     : count > 0                   ? Verdict::caveat
                                                   : Verdict::fails;
    std::vector<double> ratios;
    for (const Outcome& outcome : outcomes) {
      const auto [low, high] = std::ranges::minmax(outcome.by_lag());
      ratios.push_back(high / low);
    }
    const auto rmsprop = std::span(ratios).subspan(1);
    const double most = std::ranges::max(rmsprop);
    report.because = fmt::format(
        "the lag changes the loss of SGD {:.2f}-fold and that of RMSprop {:.2f}- to {:.2f}-fold; {}{}.",
        ratios[0], std::ranges::min(rmsprop), most,
        report.verdict == Verdict::holds
            ? "it is worst when the noise peaks with the learning rate or soon after"
            : "where it is worst depends on the rule, or it changes nothing",
        most < ratios[0] ? ", and dividing by √v softens the difference" : "");
  }

  /// SGD, the first and the last ρ, with their theory.
  render::Chart over_lags(const std::vector<Outcome>& outcomes) const {
    render::Chart chart{.title = "Loss and the lag of the noise",
                        .x = {.label = "lag behind the learning rate, degrees"},
                        .y = {.label = "loss"}};
    std::vector<double> lags;
    for (int lag = 0; lag < lags_; ++lag) lags.push_back(degrees(static_cast<std::size_t>(lag)));
    std::vector<std::size_t> shown = {0, 1};
    if (outcomes.size() > 2) shown.push_back(outcomes.size() - 1);
    for (const std::size_t i : shown) {
      chart.series.push_back({.name = outcomes[i].rule.name(),
                              .x = lags,
                              .y = outcomes[i].by_lag(),
                              .style = render::Style::points});
      chart.series.push_back({.name = outcomes[i].rule.name() + ", theory",
                              .x = lags,
                              .y = outcomes[i].theory,
                              .style = render::Style::dashed});
    }
    return chart;
  }

  static render::Chart over_memories(const std::vector<Outcome>& outcomes) {
    render::Chart chart{.title = "How much the lag matters",
                        .x = {.label = "memory 1/(1 − ρ), updates", .log = true},
                        .y = {.label = "highest over lowest loss"}};
    render::Series measured{.name = "RMSprop"}, theory{.name = "theory", .style = render::Style::dashed};
    for (const Outcome& outcome : outcomes) {
      if (!outcome.rule.rho) continue;
      const double memory = optim::memory_of_rho(*outcome.rule.rho);
      const auto [low, high] = std::ranges::minmax(outcome.by_lag());
      const auto [least, most] = std::ranges::minmax(outcome.theory);
      add_point(measured, memory, high / low);
      add_point(theory, memory, most / least);
    }
    chart.series = {std::move(measured), std::move(theory)};
    return chart;
  }

  std::vector<double> rhos_ = {0.5, 0.8, 0.9, 0.97, 0.99, 0.999};
  std::vector<double> lrs_ = {0.014, 0.02, 0.028, 0.04, 0.056};
  double period_ = 200, amplitude_ = 2.3, walk_ = 0.02;
  int lags_ = 8, steps_ = 10000;
  Seeds seeds_{.count = 8};
};

}  // namespace

Lab cosine_phase() {
  return {"cosine-phase",
          "Under periodic noise a cosine learning rate does best when it is low while the noise is high.",
          "own simulation; recursion of the error's variance", Verdict::holds, make<CosinePhase>};
}

}  // namespace rhoam::lab
