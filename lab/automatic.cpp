// Rules that find the memory automatically, against fixed memories and an oracle.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/tracking.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

using optim::Rho;

constexpr double kKeepsUp = 1.1;  // times the regret of the best fixed memory

/// Regrets of an independent simulation with 6 seeds under telegraph drift with A = 2.3. It does not specify
/// how a factored v pools, which matters where pooling is wrong.
struct Recorded {
  const char* rho;
  double timescale, shared, own;  ///< T, and one scale for all coordinates or a scale for each
  double tolerance_of_own = 0.02;
};
constexpr Recorded kRecorded[] = {{"memory:3", 30, 1.115, 1.115},
                                  {"memory:6", 300, 1.045, 1.048},
                                  {"memory:8", 30, 1.195, 1.199},
                                  {"memory:8", 300, 1.047, 1.053},
                                  {"memory:100", 30, 1.51, 1.52},
                                  {"memory:100", 300, 1.32, 1.35},
                                  {"auto", 30, 1.153, 1.175},
                                  {"auto", 300, 1.063, 1.086},
                                  {"auto:likelihood", 30, 1.112, 1.113},
                                  {"auto:likelihood", 300, 1.041, 1.049},
                                  {"auto:factored", 30, 1.057, 1.54, 0.05},
                                  {"auto:factored", 300, 1.008, 1.63, 0.05},
                                  {"learn", 30, 1.126, 1.137},
                                  {"learn", 300, 1.050, 1.057}};

/// One drift of the scale.
struct World {
  TrackingTask task;
  std::string name() const {
    return fmt::format("T {:g}, {}", task.drift.timescale, task.shared ? "one scale" : "own scales");
  }
};

/// A way to choose ρ, and its results in each world with each seed.
struct Method {
  std::string name;
  Rho rho;
  std::vector<std::vector<double>> regrets = {};   ///< relative to the oracle, [world][seed]
  std::vector<std::vector<double>> memories = {};  ///< found in the second half, [world][seed]
  std::vector<render::Series> paths = {};          ///< memory over updates with the first seed, [world]

  bool automatic() const { return rho.automatic().has_value(); }
  double regret(std::size_t world) const { return core::interquartile_mean(regrets[world]); }
  std::unique_ptr<optim::Optimizer<double>> optimizer(double lr, std::size_t size) const {
    return optim::make_optimizer<double>({.lr = lr, .rho = rho, .eps = 0.0}, size);
  }
};

/// ln n after every update, as the method finds it at the best learning rate for a known scale.
std::vector<double> log_memories(const Method& method, const TrackingTask& task, std::uint64_t seed) {
  TrackingWorld world(task, seed);
  const Learner learner{method.optimizer(task.walk, world.size())};
  std::vector<double> theta(world.size()), gradient(world.size()), all;
  for (int t = 0; t < task.updates; ++t) {
    world.advance();
    follow(world, learner, theta, gradient);
    all.push_back(std::log(learner.optimizer->memory()));
  }
  return all;
}

/// Geometric means between points that are even on a log axis.
render::Series path(const std::vector<double>& log_memories) {
  render::Series series;
  std::size_t begin = 0;
  for (const double t : log_spaced(1, static_cast<double>(log_memories.size()), 60)) {
    const auto end = static_cast<std::size_t>(t);
    if (end <= begin) continue;
    add_point(series, t, std::exp(core::mean(std::span(log_memories).subspan(begin, end - begin))));
    begin = end;
  }
  return series;
}

class Automatic final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    options.add(
        "rules", "what finds ρ itself, in the words of --rho: auto,auto:likelihood,learn",
        [this](const std::string& text) { read_rules(text); }, [this] { return core::join(rules_, ","); });
    options.choice("kind", kind_, "how the log-variance x of the gradient drifts", kDriftKinds);
    options.add("amplitude", amplitude_, "A, of x; 2.3 is a variance ten times up and down",
                {.low = 0.01, .high = 10});
    add_numbers(options, "timescales", timescales_,
                "T: period, mean dwell, correlation time or time to grow by A, in updates",
                {.low = 1, .high = 5000});
    options.add("updates", updates_, "of each run", {.low = 100, .high = 50000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    const auto worlds = make_worlds();
    auto methods = make_methods(worlds.size());
    measure(worlds, methods, pool);
    Report report{
        .setup = fmt::format(
            "20 coordinates with gains 0.1 … 10 follow an optimum that walks, through noise of as "
            "much as 20 of its steps; the scale of the gradient drifts ({}, A {:g}) for all at once "
            "or for each. Loss over the oracle's, both at their best learning rate. {} seeds × {} "
            "updates.",
            kind_, amplitude_, seeds_.count, updates_)};
    for (std::size_t w = 0; w < worlds.size(); ++w)
      for (const Method& method : methods) report.rows.push_back(regret_row(worlds[w], method, w));
    for (std::size_t w = 0; w < worlds.size() && worlds[w].task.shared; ++w)
      for (const Method& method : methods)
        if (method.automatic())
          report.rows.push_back(sampled(fmt::format("memory found, {}, {}", worlds[w].name(), method.name),
                                        method.memories[w]));
    judge(methods, report);
    report.charts = {regret_chart(worlds, methods, report.rows), memory_chart(methods)};
    return report;
  }

 private:
  void read_rules(const std::string& text) {
    std::vector<std::string> rules;
    for (const auto& word : core::split(text, ',')) {
      if (!optim::parse_rho(word).automatic())
        throw core::UsageError(fmt::format(
            "--rules '{}' finds no ρ: allowed are auto, auto:likelihood, auto:factored and learn", word));
      rules.push_back(word);
    }
    rules_ = std::move(rules);
  }

  std::vector<World> make_worlds() const {
    const auto kind = *optim::drift_kind(kind_);
    std::vector<World> worlds;
    for (const bool shared : {true, false})
      for (const double timescale : timescales_)
        worlds.push_back({{.drift = {kind, timescale, amplitude_}, .shared = shared, .updates = updates_}});
    return worlds;
  }

  std::vector<Method> make_methods(std::size_t worlds) const {
    std::vector<Method> methods;
    for (const double rho : rhos_)
      methods.push_back({fmt::format("memory:{:g}", optim::memory_of_rho(rho)), Rho(rho)});
    for (const auto& rule : rules_) methods.push_back({rule, optim::parse_rho(rule)});
    for (Method& method : methods)
      method.regrets = method.memories = std::vector(worlds, std::vector<double>(seeds_.count));
    for (Method& method : methods) method.paths.resize(worlds);
    return methods;
  }

  void measure(const std::vector<World>& worlds, std::vector<Method>& methods, core::ThreadPool& pool) const {
    std::vector<MakeOptimizer> optimizers;
    for (const Method& method : methods)
      optimizers.emplace_back([&method](double lr, std::size_t size) { return method.optimizer(lr, size); });
    pool.run(static_cast<int>(worlds.size()) * seeds_.count, [&](int i) {
      const int world = i / seeds_.count, index = i % seeds_.count;
      const TrackingTask& task = worlds[world].task;
      const auto regrets = tracking_regrets(task, seeds_[index], optimizers);
      for (std::size_t k = 0; k < methods.size(); ++k) {
        methods[k].regrets[world][index] = regrets[k];
        if (!methods[k].automatic()) continue;
        const auto found = log_memories(methods[k], task, seeds_[index]);
        methods[k].memories[world][index] = std::exp(core::mean(std::span(found).subspan(found.size() / 2)));
        if (index == 0) methods[k].paths[world] = path(found);
      }
    });
  }

  Row regret_row(const World& world, const Method& method, std::size_t index) const {
    const std::string what = fmt::format("regret, {}, {}", world.name(), method.name);
    const auto& sample = method.regrets[index];
    for (const Recorded& recorded : kRecorded)
      if (recorded.rho == method.name && recorded.timescale == world.task.drift.timescale && as_recorded())
        return world.task.shared ? sampled(what, sample, recorded.shared, 0.02)
                                 : sampled(what, sample, recorded.own, recorded.tolerance_of_own);
    return sampled(what, sample);
  }
  /// Whether the parameters allow a comparison with the recorded values.
  bool as_recorded() const {
    return kind_ == "telegraph" && std::abs(amplitude_ - std::log(10.0)) < 0.01 && updates_ >= 6000 &&
           seeds_.count >= 6;
  }

  /// The largest ratio of its regret to that of the best fixed memory, over all worlds.
  static double worst(const Method& method, const std::vector<Method>& methods) {
    double worst = 0;
    for (std::size_t w = 0; w < method.regrets.size(); ++w) {
      double best = INFINITY;
      for (const Method& other : methods)
        if (!other.automatic()) best = std::min(best, other.regret(w));
      worst = std::max(worst, method.regret(w) / best);
    }
    return worst;
  }

  static void judge(const std::vector<Method>& methods, Report& report) {
    std::vector<std::string> keep_up, fall_behind;
    for (const Method& method : methods) {
      const double ratio = worst(method, methods);
      report.rows.push_back(figure("most regret over the best fixed memory's, " + method.name, ratio));
      if (method.automatic()) (ratio <= kKeepsUp ? keep_up : fall_behind).push_back(method.name);
    }
    report.verdict = fall_behind.empty() ? Verdict::holds
                     : keep_up.empty()   ? Verdict::fails
                                         : Verdict::caveat;
    const auto names = [](const auto& list) { return list.empty() ? "none" : core::join(list, ", "); };
    report.because = fmt::format(
        "within {:.0f}% of the best of these fixed memories in every world: {}; not so: {}. Pooling the "
        "scale needs one scale, and a rule that predicts g² best need not learn best: in reinforcement "
        "learning the likelihood picks the shortest memory.",
        100 * (kKeepsUp - 1), names(keep_up), names(fall_behind));
  }

  static render::Chart regret_chart(const std::vector<World>& worlds, const std::vector<Method>& methods,
                                    const std::vector<Row>& rows) {
    render::Chart chart{.title = "Regret relative to an oracle that knows the scale",
                        .y = {.label = "loss / loss of the oracle"}};
    for (const Method& method : methods) chart.x.categories.push_back(method.name);
    for (std::size_t w = 0; w < worlds.size(); ++w) {
      render::Series series{.name = worlds[w].name(), .style = render::Style::points};
      for (std::size_t k = 0; k < methods.size(); ++k) {
        const Row& row = rows[w * methods.size() + k];
        add_point(series, static_cast<double>(k), row.measured);
        series.low.push_back(row.interval->low);
        series.high.push_back(row.interval->high);
      }
      chart.series.push_back(std::move(series));
    }
    return chart;
  }

  /// Memories of the rules that change theirs, under the shortest and the longest timescale that all
  /// coordinates share.
  render::Chart memory_chart(const std::vector<Method>& methods) const {
    render::Chart chart{.title = "The memory that each rule finds",
                        .x = {.label = "updates", .log = true},
                        .y = {.label = "memory n, updates", .log = true}};
    const auto [shortest, longest] = std::ranges::minmax_element(timescales_);
    for (const auto w : std::set{shortest - timescales_.begin(), longest - timescales_.begin()})
      for (const Method& method : methods) {
        if (!method.automatic() || method.rho.automatic() == optim::AutomaticRho::factored) continue;
        chart.series.push_back(method.paths[w]);
        chart.series.back().name = fmt::format("{}, T {:g}", method.name, timescales_[w]);
      }
    return chart;
  }

  std::vector<double> rhos_ = {optim::rho_of_memory(3), optim::rho_of_memory(6), optim::rho_of_memory(8),
                               0.99};
  std::vector<std::string> rules_ = {"auto", "auto:likelihood", "auto:factored", "learn"};
  std::string kind_ = "telegraph";
  double amplitude_ = 2.3;
  std::vector<double> timescales_ = {30, 300};
  int updates_ = 6000;
  Seeds seeds_{.count = 8};
};

}  // namespace

Lab automatic() {
  return {"automatic",
          "An optimizer can find its own memory.",
          "own simulations; Freund & Schapire 1997 (Hedge), Baydin et al. 2018 (hypergradient)",
          Verdict::caveat,
          make<Automatic>,
          false};  // checked against recorded values, not formulas
}

}  // namespace rhoam::lab
