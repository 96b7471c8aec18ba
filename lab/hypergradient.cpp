// The gradient of a whole training with respect to its own ρ and ε, and the result of descending it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/log_error.h"
#include "rhoam/lab/tracking.h"
#include "rhoam/optim/dual.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

using Dual = optim::Dual<double, 2>;
/// The learned parameters: logit ρ and log ε, which are unbounded.
using Knobs = std::array<double, 2>;

constexpr double kShortest = 1.2, kLongest = 400;  // memories of the grid
constexpr double kClose = 1.02;                    // ratio to the least loss
constexpr double kNoEps = -100;                    // log ε
constexpr std::uint64_t kWorlds = 1000;  // of one seed: one for each outer step, the last for the test

double memory_of(const Knobs& knobs) { return optim::memory_of_rho(logistic(knobs[0])); }
std::vector<double> grid() { return log_spaced(kShortest, kLongest, 16); }

/// One descent of the outer loss.
struct LearnedPath {
  std::vector<double> memories = {};  ///< after each outer step
  Knobs learned = {};                 ///< mean of the last quarter
};

/// Results of one seed; losses are on its test world.
struct SeedResult {
  std::vector<LearnedPath> paths = {};      ///< one for each start
  std::vector<double> start_losses = {};    ///< of the starts
  std::vector<double> learned_losses = {};  ///< of the values learned from them
  std::vector<double> grid_losses = {};     ///< without ε
};

/// Results of all seeds for one start, relative to the grid.
struct Summary {
  std::vector<double> memories = {}, epses = {}, best_memories = {}, start_losses = {}, learned_losses = {};
  bool in_reach = true;  ///< for the outer steps
};

class Hypergradient final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e5);
    add_numbers(options, "eps", epses_, "ε of the starts, in turn", {.low = 1e-12, .high = 10});
    options.add("lr", lr_, "learning rate of the inner training", {.low = 1e-3, .high = 1});
    options.add("timescale", timescale_, "mean dwell of the gradient's scale, in updates",
                {.low = 1, .high = 10000});
    options.add("amplitude", amplitude_, "A: its log-variance is ±A", {.low = 0, .high = 5});
    options.add("copies", copies_, "parallel parameters of the inner training", {.low = 1, .high = 500});
    options.add("inner-steps", inner_steps_, "updates of the inner training", {.low = 10, .high = 1000});
    options.add("outer-lr", outer_lr_, "learning rate of Adam on logit ρ and log ε",
                {.low = 1e-3, .high = 1});
    options.add("outer-steps", outer_steps_, "updates of Adam", {.low = 1, .high = 900});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    const auto starts = make_starts();
    Report report{
        .setup = fmt::format(
            "{} noisy tracking quadratics under a telegraph of dwell {:g} and A {:g}; {} updates of RMSprop "
            "with lr {:g} give a loss, dual numbers its gradient in (logit ρ, log ε); {} steps of Adam with "
            "lr {:g}, a new world each. Tested in another world; {} seeds.",
            copies_, timescale_, amplitude_, inner_steps_, lr_, outer_steps_, outer_lr_, seeds_.count)};
    check_gradient(starts[0], report);
    const bool exact = report.all_agree();
    const auto outcomes = seeds_.each(pool, [&](std::uint64_t seed) { return learn(starts, seed); });
    std::vector<Summary> summaries;
    for (std::size_t s = 0; s < starts.size(); ++s) {
      summaries.push_back(summarise(outcomes, starts, s));
      add_rows(summaries.back(), name(starts[s]), report);
    }
    report.charts = {paths(starts, outcomes[0]), losses(outcomes, summaries)};
    judge(summaries, exact, report);
    return report;
  }

 private:
  TrackingTask task() const {
    return {.drift = {.timescale = timescale_, .amplitude = amplitude_},
            .shared = false,
            .dimension = static_cast<std::size_t>(copies_),
            .gain = 1,
            .updates = inner_steps_};
  }

  std::vector<Knobs> make_starts() const {
    std::vector<Knobs> starts;
    for (std::size_t i = 0; i < rhos_.size(); ++i) {
      if (rhos_[i] <= 0)
        throw core::UsageError("--rho 0 is no start, its logit is infinite: give more than 0");
      starts.push_back({std::log(rhos_[i] / (1 - rhos_[i])), std::log(epses_[i % epses_.size()])});
    }
    return starts;
  }
  static std::string name(const Knobs& start) {
    return fmt::format("from n {:.3g}, ε {:.2g}", memory_of(start), std::exp(start[1]));
  }

  double loss(const Knobs& knobs, std::uint64_t world) const {
    return unrolled_loss<double>(task(), world, lr_, knobs[0], knobs[1]);
  }
  /// The loss with its derivatives.
  Dual slope(const Knobs& knobs, std::uint64_t world) const {
    return unrolled_loss<Dual>(task(), world, lr_, Dual::input(knobs[0], 0), Dual::input(knobs[1], 1));
  }

  /// Against central differences, to six digits of the larger derivative. ρ_t = min(ρ, 1 − 1/t) has a kink at
  /// each whole memory, so the check keeps away from them.
  void check_gradient(Knobs at, Report& report) const {
    at[0] = std::log(std::floor(memory_of(at)) - 0.5);
    constexpr double kStep = 1e-5;
    constexpr const char* kNames[] = {"logit ρ", "log ε"};
    const Dual forward = slope(at, seeds_.first);
    const double slack = 1e-6 * std::max(std::abs(forward.d[0]), std::abs(forward.d[1]));
    for (std::size_t k = 0; k < at.size(); ++k) {
      Knobs up = at, down = at;
      up[k] += kStep, down[k] -= kStep;
      const double difference = (loss(up, seeds_.first) - loss(down, seeds_.first)) / (2 * kStep);
      report.rows.push_back(
          near(fmt::format("∂loss/∂({}) by duals and by differences, {}", kNames[k], name(at)), forward.d[k],
               difference, slack));
    }
  }

  SeedResult learn(const std::vector<Knobs>& starts, std::uint64_t seed) const {
    const std::uint64_t first_world = seed * kWorlds, test_world = first_world + kWorlds - 1;
    SeedResult outcome;
    for (const Knobs& start : starts) {
      outcome.paths.push_back(descend(start, first_world));
      outcome.start_losses.push_back(loss(start, test_world));
      outcome.learned_losses.push_back(loss(outcome.paths.back().learned, test_world));
    }
    for (const double memory : grid())
      outcome.grid_losses.push_back(loss({std::log(memory - 1), kNoEps}, test_world));
    return outcome;
  }

  LearnedPath descend(Knobs knobs, std::uint64_t first_world) const {
    const auto adam = optim::make_optimizer<double>({.recipe = "adam", .lr = outer_lr_}, knobs.size());
    const int last = (outer_steps_ + 3) / 4;
    LearnedPath path;
    for (int k = 0; k < outer_steps_; ++k) {
      adam->step(knobs, slope(knobs, first_world + static_cast<std::uint64_t>(k)).d, {});
      path.memories.push_back(memory_of(knobs));
      if (k < outer_steps_ - last) continue;
      for (std::size_t i = 0; i < knobs.size(); ++i) path.learned[i] += knobs[i] / last;
    }
    return path;
  }

  Summary summarise(const std::vector<SeedResult>& outcomes, const std::vector<Knobs>& starts,
                    std::size_t start) const {
    Summary all;
    for (const SeedResult& outcome : outcomes) {
      const double least = std::ranges::min(outcome.grid_losses);
      const Knobs& learned = outcome.paths[start].learned;
      all.memories.push_back(memory_of(learned));
      all.epses.push_back(std::exp(learned[1]));
      all.best_memories.push_back(lowest_point(grid(), outcome.grid_losses));
      all.start_losses.push_back(outcome.start_losses[start] / least);
      all.learned_losses.push_back(outcome.learned_losses[start] / least);
    }
    all.in_reach = reaches(starts[start], core::interquartile_mean(all.best_memories));
    return all;
  }

  /// Whether Adam has enough steps for the distance. A memory longer than the inner training has no gradient
  /// in ρ and stays where it is: ρ_t = min(ρ, 1 − 1/t) never reaches it.
  bool reaches(const Knobs& start, double memory) const {
    const double way = std::abs(start[0] - std::log(memory - 1));
    return memory_of(start) < inner_steps_ && way < 0.5 * outer_lr_ * outer_steps_;
  }

  static void add_rows(const Summary& summary, const std::string& start, Report& report) {
    report.rows.push_back(sampled("loss over the least of a grid, " + start, summary.start_losses));
    report.rows.push_back(loss_row("learned loss over the least, " + start, summary));
    report.rows.push_back(memory_row("learned memory n, " + start, summary));
    report.rows.push_back(sampled("learned ε, " + start, summary.epses));
  }

  /// The grid has no ε: with one, a lower loss is possible.
  static Row loss_row(const std::string& what, const Summary& summary) {
    Row row = sampled(what, summary.learned_losses);
    if (!summary.in_reach) return row;
    row.expected = fmt::format("at most {:g}", kClose);
    row.agrees = row.interval->low <= kClose;
    return row;
  }

  /// Expected where the loss equals the grid's; it is flat there, so a factor of 1.5 in n costs little.
  static Row memory_row(const std::string& what, const Summary& summary) {
    constexpr double kFactor = 1.5;
    Row row = sampled(what, summary.memories);
    const double best = core::interquartile_mean(summary.best_memories);
    const double price = core::interquartile_mean(summary.learned_losses);
    const bool at_an_end = best <= 1.01 * kShortest || best >= 0.5 * kLongest;
    const bool as_the_grid = 1 / kClose <= price && price <= kClose;
    if (!summary.in_reach || !as_the_grid || at_an_end || summary.memories.size() < 5) return row;
    row.expected = fmt::format("{:.3g}, within ×{:g}", best, kFactor);
    row.agrees = std::abs(std::log(row.measured / best)) <= std::log(kFactor);
    return row;
  }

  static void judge(const std::vector<Summary>& summaries, bool exact, Report& report) {
    const auto found = [](const Summary& summary) {
      return core::interquartile_mean(summary.learned_losses) <= kClose;
    };
    const auto count = exact ? std::ranges::count_if(summaries, found) : 0;
    report.verdict = count == std::ssize(summaries) ? Verdict::holds
                     : count > 0                    ? Verdict::caveat
                                                    : Verdict::fails;
    std::vector<double> memories, prices;
    for (const Summary& summary : summaries) {
      memories.push_back(core::interquartile_mean(summary.memories));
      prices.push_back(core::interquartile_mean(summary.learned_losses));
    }
    report.because = fmt::format(
        "dual numbers through the same rule {} central differences, and descending that gradient ends at n = "
        "{:.3g} … {:.3g} with {:.3f} times the least loss of a grid at most.",
        exact ? "agree with" : "differ from", std::ranges::min(memories), std::ranges::max(memories),
        std::ranges::max(prices));
  }

  render::Chart paths(const std::vector<Knobs>& starts, const SeedResult& outcome) const {
    render::Chart chart{.title = "Memories on their way",
                        .x = {.label = "outer steps"},
                        .y = {.label = "memory n, updates", .log = true}};
    for (std::size_t s = 0; s < starts.size(); ++s) {
      render::Series series{.name = name(starts[s])};
      const auto& memories = outcome.paths[s].memories;
      const std::size_t stride = 1 + memories.size() / 200;
      for (std::size_t k = 0; k < memories.size(); k += stride)
        add_point(series, static_cast<double>(k + 1), memories[k]);
      chart.series.push_back(std::move(series));
    }
    const double best = lowest_point(grid(), outcome.grid_losses);
    chart.series.push_back({.name = "best of a grid",
                            .x = {1, static_cast<double>(outer_steps_)},
                            .y = {best, best},
                            .style = render::Style::dashed});
    return chart;
  }

  static render::Chart losses(const std::vector<SeedResult>& outcomes,
                              const std::vector<Summary>& summaries) {
    render::Chart chart{.title = "Loss in another world",
                        .x = {.label = "memory n, updates", .log = true},
                        .y = {.label = "loss over the least of the grid"}};
    render::Series line{.name = "grid"}, points{.name = "learned", .style = render::Style::points};
    const auto memories = grid();
    for (std::size_t i = 0; i < memories.size(); ++i) {
      std::vector<double> ratios;
      for (const SeedResult& outcome : outcomes)
        ratios.push_back(outcome.grid_losses[i] / std::ranges::min(outcome.grid_losses));
      add_point(line, memories[i], core::interquartile_mean(ratios));
    }
    for (const Summary& summary : summaries)
      add_point(points, core::interquartile_mean(summary.memories),
                core::interquartile_mean(summary.learned_losses));
    chart.series = {std::move(line), std::move(points)};
    return chart;
  }

  std::vector<double> rhos_ = {0.99, 0.9, 0.23}, epses_ = {0.05, 1.5e-8};
  double lr_ = 0.05, timescale_ = 30, amplitude_ = 2.3, outer_lr_ = 0.1;
  int copies_ = 100, inner_steps_ = 300, outer_steps_ = 200;
  Seeds seeds_{.count = 6};
};

}  // namespace

Lab hypergradient() {
  return {"hypergradient", "RMSprop's own ρ and ε can be learned by differentiating through training.",
          "Chandra et al. 2022, Baydin et al. 2018; forward-mode dual numbers", Verdict::holds,
          make<Hypergradient>};
}

}  // namespace rhoam::lab
