// A small network learning online while the scale of its input or of its loss jumps: does layer normalisation
// make the choice of ρ matter less?
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
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
#include "rhoam/lab/tracking.h"
#include "rhoam/optim/recipes.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

constexpr int kInputs = 8, kHidden = 16, kRows = 16;

agents::MlpSpec shape(bool layer_norm) {
  return {.inputs = kInputs, .hidden = {kHidden}, .outputs = 1, .layer_norm = layer_norm};
}

/// Inputs [B, 8], at any scale, and the answers of a fixed network of the same shape.
class Lessons {
 public:
  explicit Lessons(std::uint64_t seed)
      : stream_(seed, core::Purpose::environment),
        teacher_(agents::make_mlp(shape(false), stream_)),
        workspace_(teacher_->make_workspace(kRows)) {}

  void draw() {
    for (float& x : inputs_) x = static_cast<float>(stream_.normal());
    teacher_->forward(inputs_, answers_, *workspace_);
  }
  std::array<float, kRows * kInputs> inputs_scaled(double scale) const {
    auto scaled = inputs_;
    for (float& x : scaled) x *= static_cast<float>(scale);
    return scaled;
  }
  std::span<const float> answers() const { return answers_; }

 private:
  core::Stream stream_;
  std::unique_ptr<agents::Network> teacher_;
  std::unique_ptr<agents::Workspace> workspace_;
  std::array<float, kRows * kInputs> inputs_{};
  std::array<float, kRows> answers_{};
};

/// A network that learns from the teacher.
class Student {
 public:
  Student(bool layer_norm, std::uint64_t seed) {
    core::Stream stream(seed, core::Purpose::initialisation);
    network_ = agents::make_mlp(shape(layer_norm), stream);
    workspace_ = network_->make_workspace(kRows);
    gradient_.resize(network_->parameters().size());
  }

  /// Mean squared error; leaves the gradient of half of it, times `loss_scale`, in gradient().
  double look(std::span<const float> inputs, std::span<const float> answers, double loss_scale) {
    std::array<float, kRows> errors;
    network_->forward(inputs, errors, *workspace_);
    double squares = 0;
    for (int i = 0; i < kRows; ++i) {
      errors[i] -= answers[i];
      squares += errors[i] * errors[i];
      errors[i] *= static_cast<float>(loss_scale / kRows);
    }
    std::ranges::fill(gradient_, 0.0f);
    network_->backward(errors, *workspace_, gradient_);
    return squares / kRows;
  }
  void step(optim::Optimizer<float>& optimizer) {
    optimizer.step(network_->parameters(), gradient_, {});
    network_->parameters_changed();
  }
  std::span<const float> gradient() const { return gradient_; }

 private:
  std::unique_ptr<agents::Network> network_;
  std::unique_ptr<agents::Workspace> workspace_;
  std::vector<float> gradient_;
};

enum class Scale { input, loss };

/// The scale that drifts, and the network that learns.
struct Case {
  Scale scale;
  bool layer_norm;

  std::string name() const {
    return fmt::format("{} drifts, {}", scale == Scale::input ? "input" : "loss",
                       layer_norm ? "layer norm" : "plain");
  }
  double look(Student& student, const Lessons& lessons, double jump) const {
    const auto inputs = lessons.inputs_scaled(scale == Scale::input ? jump : 1);
    return student.look(inputs, lessons.answers(), scale == Scale::loss ? jump : 1);
  }
};
constexpr Case kCases[] = {
    {Scale::input, false}, {Scale::input, true}, {Scale::loss, false}, {Scale::loss, true}};

class LayerNorm final : public Experiment {
 public:
  LayerNorm() {
    for (const double memory : {1.5, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0})
      rhos_.push_back(optim::rho_of_memory(memory));
  }

  void describe(core::Options& options) override {
    add_rhos(options, rhos_);
    add_numbers(options, "lr", lrs_, "learning rates to choose the best of", {.low = 1e-9, .high = 10});
    options.add("amplitude", amplitude_, "the log-variance of the scale is ± this", {.low = 0, .high = 20});
    options.add("dwell", dwell_, "mean updates between its jumps", {.low = 1, .high = 1e6});
    options.add("updates", updates_, "updates of a run", {.low = 10, .high = 10000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{
        .setup = fmt::format(
            "tanh network 8-16-1 learning a fixed one of its kind online, batches of {}, {} updates, "
            "{} seeds, best of {} learning rates for each of {} ρ. Scales of log-variance ±{:g} "
            "jump after {:g} updates on average. Error: mean square over a run.",
            kRows, updates_, seeds_.count, lrs_.size(), rhos_.size(), amplitude_, dwell_)};
    for (const Case& which : kCases) report.rows.push_back(gradient_row(which));
    render::Chart chart{.title = "What the choice of ρ costs",
                        .x = {.label = "memory n = 1/(1 − ρ), updates", .log = true},
                        .y = {.label = "error / least error"}};
    std::vector<double> costs;
    for (const Case& which : kCases) costs.push_back(compare(which, pool, report, chart));
    report.charts.push_back(std::move(chart));
    decide(costs, report);
    return report;
  }

 private:
  /// Mean squared error of a run; settings with lr as the faster index.
  using Errors = std::vector<double>;

  /// The gradient of the first weights at the larger scale over that at the smaller one, as long as biases
  /// are 0: 1 where layer norm follows the scale, and e^A where the scale comes last.
  Row gradient_row(const Case& which) const {
    const auto norm = [&](double log_variance) {
      Student student(which.layer_norm, seeds_.first);
      Lessons lessons(seeds_.first);
      lessons.draw();
      which.look(student, lessons, std::exp(log_variance / 2));
      double squares = 0;
      for (const float g : student.gradient().first(kInputs * kHidden)) squares += g * g;
      return std::sqrt(squares);
    };
    const auto what = "first gradient, larger over smaller scale, " + which.name();
    const double ratio = norm(amplitude_) / norm(-amplitude_);
    if (which.scale == Scale::loss) return close(what, ratio, std::exp(amplitude_), 1e-3);
    // The ε of layer norm, 1e-5 beside a variance of 2e^−A, matters at the smaller scale.
    const double slack = 1e-3 + 1e-5 * std::exp(amplitude_);
    return which.layer_norm && slack < 0.5 ? close(what, ratio, 1, slack) : figure(what, ratio);
  }

  Errors learn(const Case& which, std::uint64_t seed) const {
    auto log_variance = lab::log_variance(
        {.kind = optim::DriftKind::telegraph, .timescale = dwell_, .amplitude = amplitude_}, seed);
    std::vector<Student> students;
    std::vector<std::unique_ptr<optim::Optimizer<float>>> optimizers;
    for (const double rho : rhos_)
      for (const double lr : lrs_) {
        students.emplace_back(which.layer_norm, seed);
        optimizers.push_back(
            optim::make_optimizer<float>({.lr = lr, .rho = rho}, students.back().gradient().size()));
      }
    Errors errors(students.size());
    Lessons lessons(seed);
    for (int t = 1; t <= updates_; ++t) {
      lessons.draw();
      const double jump = std::exp(log_variance.at({.updates = t}) / 2);
      for (std::size_t i = 0; i < students.size(); ++i) {
        errors[i] += which.look(students[i], lessons, jump) / updates_;
        students[i].step(*optimizers[i]);
      }
    }
    return errors;
  }

  /// The error of each ρ at its best lr, over the chosen seeds.
  std::vector<double> tuned(const std::vector<Errors>& all, std::span<const double> seeds) const {
    std::vector<double> best(rhos_.size(), INFINITY), sample(seeds.size());
    for (std::size_t i = 0; i < rhos_.size() * lrs_.size(); ++i) {
      std::ranges::transform(seeds, sample.begin(),
                             [&](double seed) { return all[static_cast<std::size_t>(seed)][i]; });
      double& least = best[i / lrs_.size()];
      least = std::min(least, core::interquartile_mean(sample));
    }
    return best;
  }

  /// Cost of the worst ρ: the largest error over the least, minus 1.
  double compare(const Case& which, core::ThreadPool& pool, Report& report, render::Chart& chart) const {
    const auto all = seeds_.each(pool, [&](std::uint64_t seed) { return learn(which, seed); });
    std::vector<double> seeds(all.size());
    std::iota(seeds.begin(), seeds.end(), 0.0);
    const auto spread = [&](std::span<const double> chosen) {
      const auto errors = tuned(all, chosen);
      return *std::ranges::max_element(errors) / *std::ranges::min_element(errors);
    };
    const auto errors = tuned(all, seeds);
    const double least = *std::ranges::min_element(errors);
    render::Series series{.name = which.name()};
    for (std::size_t i = 0; i < rhos_.size(); ++i)
      add_point(series, optim::memory_of_rho(rhos_[i]), errors[i] / least);
    chart.series.push_back(std::move(series));
    report.rows.push_back({.what = "least error, " + which.name(), .measured = least});
    const auto [value, interval] = core::estimate(seeds, spread);
    report.rows.push_back(
        {.what = "largest over least error, " + which.name(), .measured = value, .interval = interval});
    return report.rows.back().measured - 1;
  }

  /// Layer norm helps where it halves the cost of the worst ρ. `costs` are those of kCases.
  static void decide(const std::vector<double>& costs, Report& report) {
    const bool input = costs[1] < 0.5 * costs[0], loss = costs[3] < 0.5 * costs[2];
    report.verdict = input && loss ? Verdict::holds : input ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "the worst ρ costs {:.0f}% of error when the input's scale drifts, with layer norm {:.0f}%; when the "
        "loss's does, {:.0f}% and {:.0f}%: it cannot see a scale that comes after it.",
        100 * costs[0], 100 * costs[1], 100 * costs[2], 100 * costs[3]);
  }

  std::vector<double> rhos_;
  std::vector<double> lrs_ = {0.003, 0.01, 0.03};
  double amplitude_ = 2.3, dwell_ = 100;
  int updates_ = 4000;
  Seeds seeds_{.count = 16};
};

}  // namespace

Lab layer_norm() {
  return {"layer-norm", "Layer normalisation makes the choice of ρ matter less when scales drift.",
          "Ba, Kiros & Hinton 2016, section 5.1: invariance under scaling", Verdict::caveat, make<LayerNorm>};
}

}  // namespace rhoam::lab
