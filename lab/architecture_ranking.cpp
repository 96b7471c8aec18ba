// Six networks on two spirals, ranked by accuracy after a short training: the same ranking for any optimizer?
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <memory>
#include <numbers>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "rhoam/agents/mlp.h"
#include "rhoam/core/bootstrap.h"
#include "rhoam/core/random.h"
#include "rhoam/core/statistics.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::lab {
namespace {

constexpr int kBatch = 64, kTestRows = 512;

struct Architecture {
  const char* name;
  std::vector<int> hidden;
  agents::Activation activation;
};
const Architecture kArchitectures[] = {{"tanh 1×64", {64}, agents::Activation::tanh},
                                       {"tanh 3×32", {32, 32, 32}, agents::Activation::tanh},
                                       {"tanh 6×16", {16, 16, 16, 16, 16, 16}, agents::Activation::tanh},
                                       {"relu 1×64", {64}, agents::Activation::relu},
                                       {"relu 3×32", {32, 32, 32}, agents::Activation::relu},
                                       {"relu 6×16", {16, 16, 16, 16, 16, 16}, agents::Activation::relu}};
constexpr std::size_t kArchitectureCount = std::size(kArchitectures);

/// Two arms, labelled ±1: r uniform on [0, 4], the point r·(cos φ, sin φ) with φ = 2π·turns·r/4, half a turn
/// more on the second arm, plus noise.
struct Spirals {
  double turns, noise;

  /// Fills points [B, 2] and labels [B].
  void draw(core::Stream& stream, std::span<float> points, std::span<float> labels) const {
    constexpr double kRadius = 4;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      labels[i] = stream.uniform() < 0.5 ? -1.0f : 1.0f;
      const double r = stream.uniform(0, kRadius);
      const double angle =
          2 * std::numbers::pi * turns * r / kRadius + (labels[i] > 0 ? std::numbers::pi : 0);
      points[2 * i] = static_cast<float>(r * std::cos(angle) + noise * stream.normal());
      points[2 * i + 1] = static_cast<float>(r * std::sin(angle) + noise * stream.normal());
    }
  }
};

/// A short training.
struct Training {
  Spirals spirals;
  double gain;  ///< of the orthogonal initialisation
  int updates;
};

/// Mean accuracy on fresh points after `updates` minibatches of the logistic loss.
double accuracy(const Architecture& architecture, const optim::OptimizerConfig& config,
                const Training& training, std::uint64_t seed) {
  core::Stream start(seed, core::Purpose::initialisation), stream(seed, core::Purpose::environment);
  const auto network = agents::make_mlp({.inputs = 2,
                                         .hidden = architecture.hidden,
                                         .outputs = 1,
                                         .activation = architecture.activation,
                                         .hidden_gain = training.gain},
                                        start);
  const auto workspace = network->make_workspace(kTestRows);
  const auto optimizer = optim::make_optimizer<float>(config, network->parameters().size());
  std::vector<float> gradient(network->parameters().size()), points(2 * kBatch), labels(kBatch), out(kBatch);
  for (int t = 0; t < training.updates; ++t) {
    training.spirals.draw(stream, points, labels);
    network->forward(points, out, *workspace);
    for (int i = 0; i < kBatch; ++i) out[i] = -labels[i] / (1 + std::exp(labels[i] * out[i])) / kBatch;
    std::ranges::fill(gradient, 0.0f);
    network->backward(out, *workspace, gradient);
    optimizer->step(network->parameters(), gradient, {});
    network->parameters_changed();
  }
  points.resize(2 * kTestRows), labels.resize(kTestRows), out.resize(kTestRows);
  training.spirals.draw(stream, points, labels);
  network->forward(points, out, *workspace);
  int right = 0;
  for (int i = 0; i < kTestRows; ++i) right += labels[i] * out[i] > 0;
  return static_cast<double>(right) / kTestRows;
}

/// An optimizer that judges the architectures, each at its own best learning rate.
struct Judge {
  std::string name;
  optim::OptimizerConfig config;
  std::vector<double> lrs;
};

/// Scores by one judge: the accuracies of each architecture, one per seed.
using Scores = std::array<std::vector<double>, kArchitectureCount>;

/// The interquartile mean of each architecture over the chosen seeds, given by number.
std::vector<double> averages(const Scores& scores, std::span<const double> seeds) {
  std::vector<double> all, sample(seeds.size());
  for (const auto& accuracies : scores) {
    std::ranges::transform(seeds, sample.begin(),
                           [&](double seed) { return accuracies[static_cast<std::size_t>(seed)]; });
    all.push_back(core::interquartile_mean(sample));
  }
  return all;
}

class ArchitectureRanking final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    add_numbers(options, "lr", lrs_, "learning rates of RMSprop and Adam to choose the best of",
                {.low = 1e-9, .high = 10});
    add_numbers(options, "sgd-lr", sgd_lrs_, "those of stochastic gradient descent",
                {.low = 1e-9, .high = 100});
    add_numbers(options, "gain", gains_,
                "gains of the orthogonal start; 0.577 has the variance of PyTorch's Linear",
                {.low = 1e-3, .high = 10});
    options.add("turns", spirals_.turns, "turns of each spiral", {.low = 0.1, .high = 10});
    options.add("noise", spirals_.noise, "deviation of a point from its arm, whose length is 4",
                {.low = 0, .high = 4});
    options.add("updates", updates_, "minibatches of 64", {.low = 1, .high = 2000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{.setup = fmt::format(
                      "Two spirals of {:g} turns, noise {:g}; the logistic loss on {} fresh batches of {}; "
                      "accuracy on {} fresh points, {} seeds, at the best of the learning rates. Kendall's τ "
                      "compares rankings: 1 is the same, 0 is chance.",
                      spirals_.turns, spirals_.noise, updates_, kBatch, kTestRows, seeds_.count)};
    report.charts = {
        {.title = fmt::format("Accuracy by optimizer, gain {:g}", gains_.front()),
         .x = {.label = "architecture"},
         .y = {.label = "accuracy"}},
        {.title = "Agreement of the rankings", .x = {.label = "trained by"}, .y = {.label = "Kendall's τ"}}};
    for (const auto& architecture : kArchitectures)
      report.charts[0].x.categories.emplace_back(architecture.name);
    const auto all = judges();
    std::size_t apart = 0;
    for (const double gain : gains_) {
      std::vector<Scores> scores;
      for (const Judge& judge : all) scores.push_back(assess(judge, gain, pool, report));
      apart += compare(all, scores, gain, report);
    }
    report.verdict = apart == gains_.size() ? Verdict::holds : apart > 0 ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "adaptive optimizers rank much alike. SGD ranks significantly otherwise in {} of {} "
        "starts{}.",
        apart, gains_.size(), apart > 0 ? ": where it cannot train the deep candidates in time" : "");
    return report;
  }

 private:
  std::vector<Judge> judges() const {
    std::vector<Judge> all = {{"SGD", {.recipe = "sgd"}, sgd_lrs_}, {"Adam", {.recipe = "adam"}, lrs_}};
    for (const double rho : rhos_) all.push_back({fmt::format("RMSprop {:g}", rho), {.rho = rho}, lrs_});
    return all;
  }

  /// The scores of one judge; those of the first gain are shown.
  Scores assess(const Judge& judge, double gain, core::ThreadPool& pool, Report& report) const {
    Scores scores;
    render::Series series{.name = judge.name, .style = render::Style::points};
    for (std::size_t a = 0; a < kArchitectureCount; ++a) {
      Row best = figure("", -1);
      for (const double lr : judge.lrs) {
        auto config = judge.config;
        config.lr = lr;
        auto sample = seeds_.each(pool, [&](std::uint64_t seed) {
          return accuracy(kArchitectures[a], config, {spirals_, gain, updates_}, seed);
        });
        const Row row =
            sampled(fmt::format("{} by {} (lr {:g})", kArchitectures[a].name, judge.name, lr), sample);
        if (!(row.measured > best.measured)) continue;
        best = row;
        scores[a] = std::move(sample);
      }
      if (gain == gains_.front()) report.rows.push_back(best);
      add_point(series, best, static_cast<double>(a));
    }
    if (gain == gains_.front()) report.charts[0].series.push_back(std::move(series));
    return scores;
  }
  static void add_point(render::Series& series, const Row& row, double x) {
    lab::add_point(series, x, row.measured);
    series.low.push_back(row.interval->low);
    series.high.push_back(row.interval->high);
  }

  /// Do adaptive optimizers agree more with each other than with SGD, which comes first?
  bool compare(const std::vector<Judge>& all, const std::vector<Scores>& scores, double gain,
               Report& report) const {
    std::vector<double> seeds(static_cast<std::size_t>(seeds_.count));
    std::iota(seeds.begin(), seeds.end(), 0.0);
    const auto row = [&](const std::string& what, const auto& statistic) {
      const auto [value, interval] = core::estimate(seeds, statistic);
      return Row{.what = fmt::format("{}, gain {:g}", what, gain), .measured = value, .interval = interval};
    };
    const auto tau = [&](std::size_t i, std::size_t j, std::span<const double> chosen) {
      return core::kendall_tau(averages(scores[i], chosen), averages(scores[j], chosen));
    };
    render::Series series{.name = fmt::format("gain {:g}", gain), .style = render::Style::points};
    for (std::size_t j = 1; j < all.size(); ++j)
      for (std::size_t i = 0; i < j; ++i) {
        const auto names = fmt::format("{} and {}", all[i].name, all[j].name);
        report.rows.push_back(row("τ of " + names, std::bind_front(tau, i, j)));
        add_point(series, report.rows.back(), static_cast<double>(series.x.size()));
        if (gain == gains_.front()) report.charts[1].x.categories.push_back(names);
      }
    report.charts[1].series.push_back(std::move(series));
    report.rows.push_back(row("mean τ among adaptive less τ with SGD", [&](auto chosen) {
      core::RunningMoments adaptive, with_descent;
      for (std::size_t j = 1; j < all.size(); ++j)
        for (std::size_t i = 0; i < j; ++i) (i == 0 ? with_descent : adaptive).add(tau(i, j, chosen));
      return adaptive.mean() - with_descent.mean();
    }));
    return report.rows.back().interval->low > 0 && seeds_.count >= 5;
  }

  std::vector<double> rhos_ = {0.9, 0.99};
  std::vector<double> lrs_ = {0.001, 0.003, 0.01}, sgd_lrs_ = {0.03, 0.1, 0.3};
  std::vector<double> gains_ = {0.577, 1.414};
  Spirals spirals_{.turns = 1, .noise = 0.08};
  int updates_ = 400;
  Seeds seeds_;
};

}  // namespace

Lab architecture_ranking() {
  return {"architecture-ranking",
          "Which architecture wins depends on the optimizer that trains the candidates, and hardly on ρ.",
          "two spirals: Lang & Witbrock 1988; τ: Kendall 1938", Verdict::caveat, make<ArchitectureRanking>};
}

}  // namespace rhoam::lab
