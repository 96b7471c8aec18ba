// The best ρ for a drift of known timescale, by simulation and by formula.
#include "rhoam/optim/timescale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/log_error.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

using optim::Drift;
using optim::DriftKind;

/// One drift: the formula's prediction, and the measurements, one value per seed.
struct Cell {
  Drift drift;
  optim::MatchedRho matched;
  std::vector<double> best = {};   ///< memory of the least error
  std::vector<double> price = {};  ///< error at half-life T over the least

  const std::string& kind() const { return kDriftKinds[static_cast<std::size_t>(drift.kind)]; }
  std::string name() const {
    return fmt::format("{}, A {:g}, T {:g}", kind(), drift.amplitude, drift.timescale);
  }
  double best_memory() const { return core::interquartile_mean(best); }
  double best_half_life() const { return optim::half_life_of_rho(optim::rho_of_memory(best_memory())); }
  double popular_memory() const { return optim::memory_of_rho(optim::rho_of_half_life(drift.timescale)); }
  /// Tolerated factor in n. For heavy tails the formula's noise is a compromise: n ~ c^½ with c between √(2(κ
  /// − 1)) and κ − 1.
  double tolerance() const { return 1.6 * std::pow((drift.kurtosis - 1) / 2, 0.25); }
  bool agrees_with(double memory, double factor) const {
    return std::abs(std::log(best_memory() / memory)) <= std::log(factor);
  }
  /// A drift that turns within few updates is none for v; under the heaviest tails, drifts that can and
  /// cannot be followed are hard to distinguish.
  bool has_formula() const {
    constexpr double kFewestUpdates = 10, kHeaviest = 30;
    return matched.trackable && drift.timescale >= kFewestUpdates && drift.kurtosis <= kHeaviest;
  }
  bool popular_is_best() const { return agrees_with(popular_memory(), 1.6); }
};

class Timescale final : public Experiment {
 public:
  void describe(core::Options& options) override {
    auto allowed = kDriftKinds;
    allowed.emplace_back("all");
    options.choice("kind", kind_, "how the log-variance x of the gradient drifts", allowed);
    add_numbers(options, "amplitude", amplitudes_, "A, of x; 2.3 is a variance ten times up and down",
                {.low = 0.01, .high = 10});
    add_numbers(options, "timescales", timescales_,
                "T: period, mean dwell, correlation time or time to grow by A, in updates",
                {.low = 1, .high = 5000});
    options.add("kurtosis", kurtosis_, "of the gradient at constant scale; 3 is Gaussian",
                {.low = 3, .high = 299});
    options.add("steps", steps_, "updates of each run", {.low = 1000, .high = 50000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    auto cells = make_cells();
    measure(cells, pool);
    Report report{
        .setup = fmt::format(
            "Gradients σ·z, x = log σ² drifting by A at timescale T, z of kurtosis {:g}: the memory n "
            "of v with the least squared error of log v, and the price of a half-life h = T. {} "
            "seeds × {} copies × {} updates.",
            kurtosis_, seeds_.count, kCopies, steps_)};
    for (const Cell& cell : cells) report.rows.push_back(best_row(cell));
    for (const Cell& cell : cells)
      report.rows.push_back(sampled("error at h = T over the least, " + cell.name(), cell.price));
    report.charts = {chart("Smooth drifts", {DriftKind::sine, DriftKind::growth}, cells, report.rows),
                     chart("Random drifts", {DriftKind::telegraph, DriftKind::ou}, cells, report.rows)};
    std::erase_if(report.charts, [](const auto& chart) { return chart.series.size() == 1; });
    judge(cells, report);
    return report;
  }

 private:
  std::vector<Cell> make_cells() const {
    const double longest = std::ranges::max(timescales_);
    if (10 * longest > steps_)
      throw core::UsageError(fmt::format("--steps {} are too few for a timescale of {:g}: give {:g} or more",
                                         steps_, longest, 10 * longest));
    std::vector<Cell> cells;
    for (std::size_t kind = 0; kind < kDriftKinds.size(); ++kind)
      for (const double amplitude : amplitudes_)
        for (const double timescale : timescales_) {
          if (kind_ != "all" && kind_ != kDriftKinds[kind]) continue;
          const Drift drift{static_cast<DriftKind>(kind), timescale, amplitude, kurtosis_};
          cells.push_back({drift, optim::rho_for(drift)});
        }
    return cells;
  }

  void measure(std::vector<Cell>& cells, core::ThreadPool& pool) const {
    const auto grid = log_spaced(1.05, steps_ / 10.0, 24);
    for (Cell& cell : cells) cell.best.resize(seeds_.count), cell.price.resize(seeds_.count);
    pool.run(static_cast<int>(cells.size()) * seeds_.count, [&](int task) {
      Cell& cell = cells[task / seeds_.count];
      const int seed = task % seeds_.count;
      auto memories = grid;
      memories.push_back(cell.popular_memory());
      const auto errors =
          errors_of_log_v(cell.drift, steps_, seeds_.first + static_cast<std::uint64_t>(seed), memories);
      const auto on_grid = std::span(errors).first(grid.size());
      cell.best[seed] = lowest_point(grid, on_grid);
      cell.price[seed] = errors.back() / std::ranges::min(on_grid);
    });
  }

  static Row best_row(const Cell& cell) {
    const char* note = cell.matched.trackable ? "" : " (formula: none)";
    Row row = sampled("best memory n, " + cell.name() + note, cell.best);
    if (!cell.has_formula()) return row;
    row.expected = fmt::format("{:.3g}, within ×{:.2g}", cell.matched.memory, cell.tolerance());
    row.agrees = cell.agrees_with(cell.matched.memory, cell.tolerance());
    return row;
  }

  void judge(const std::vector<Cell>& cells, Report& report) const {
    const auto matches = std::ranges::count_if(cells, &Cell::popular_is_best);
    report.rows.push_back(
        figure(fmt::format("drifts of {} whose best half-life is T within ×1.6", cells.size()),
               static_cast<double>(matches)));
    report.verdict = matches == std::ssize(cells)       ? Verdict::holds
                     : 2 * matches >= std::ssize(cells) ? Verdict::caveat
                                                        : Verdict::fails;
    std::vector<double> shares, prices;
    for (const Cell& cell : cells) {
      shares.push_back(cell.best_half_life() / cell.drift.timescale);
      prices.push_back(core::interquartile_mean(cell.price));
    }
    report.because = fmt::format(
        "the best half-life is {:.2g} T … {:.2g} T here, and h = T gives {:.2g} … {:.2g} times its squared "
        "error. It follows a power of T, about T^⅔ (sine, growth) or T^½ (telegraph, ou), where the drift "
        "stands out of the noise at all.",
        std::ranges::min(shares), std::ranges::max(shares), std::ranges::min(prices),
        std::ranges::max(prices));
  }

  /// Best half-lives of the last amplitude over T.
  render::Chart chart(const std::string& title, const std::vector<DriftKind>& kinds,
                      const std::vector<Cell>& cells, const std::vector<Row>& rows) const {
    render::Chart chart{.title = fmt::format("{}, A {:g}", title, amplitudes_.back()),
                        .x = {.label = "timescale T, updates", .log = true},
                        .y = {.label = "best half-life, updates", .log = true}};
    const auto ts = log_spaced(std::ranges::min(timescales_), std::ranges::max(timescales_), 40);
    chart.series.push_back({.name = "half-life T", .x = ts, .y = ts});
    for (const DriftKind kind : kinds) {
      render::Series points{.name = kDriftKinds[static_cast<std::size_t>(kind)],
                            .style = render::Style::points};
      for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i].drift.kind == kind && cells[i].drift.amplitude == amplitudes_.back())
          add_best(points, cells[i], *rows[i].interval);
      if (points.x.empty()) continue;
      chart.series.push_back(std::move(points));
      chart.series.push_back(formula(kind, ts));
    }
    return chart;
  }

  static void add_best(render::Series& series, const Cell& cell, const core::Interval& memories) {
    const auto half_life = [](double memory) {
      return optim::half_life_of_rho(optim::rho_of_memory(memory));
    };
    add_point(series, cell.drift.timescale, cell.best_half_life());
    series.low.push_back(half_life(memories.low));
    series.high.push_back(half_life(memories.high));
  }

  render::Series formula(DriftKind kind, const std::vector<double>& ts) const {
    render::Series series{.name = kDriftKinds[static_cast<std::size_t>(kind)] + ", formula",
                          .style = render::Style::dashed};
    add_curve(series, ts, [&](double timescale) {
      const auto matched = optim::rho_for({kind, timescale, amplitudes_.back(), kurtosis_});
      return matched.trackable ? matched.half_life : std::nan("");
    });
    return series;
  }

  std::string kind_ = "all";
  std::vector<double> amplitudes_ = {1, 2.3}, timescales_ = {30, 100, 300, 1000};
  double kurtosis_ = 3;
  int steps_ = 10000;
  Seeds seeds_{.count = 8};
};

}  // namespace

Lab timescale() {
  return {"timescale", "Match ρ's half-life to the timescale of the change.",
          "popular text; bias and variance of log v (own derivation)", Verdict::fails, make<Timescale>};
}

}  // namespace rhoam::lab
