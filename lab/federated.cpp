// Clients with gradients of unequal noise: where to divide by √v, at the server or at each client.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

enum class Whose { server, server_squares, client, inverse_variance };
constexpr Whose kWhose[] = {Whose::server, Whose::server_squares, Whose::client, Whose::inverse_variance};

const char* text(Whose rule) {
  switch (rule) {
    case Whose::server:
      return "server, v of the mean gradient";
    case Whose::server_squares:
      return "server, v of the mean square";
    case Whose::client:
      return "each client its own v";
    case Whose::inverse_variance:
      return "weights 1/v of the client";
  }
  return "";
}

/// Combines the clients' gradients into one update.
class Aggregator {
 public:
  Aggregator(Whose rule, double rho, std::size_t clients, std::size_t size)
      : rule_(rule),
        clients_(clients),
        size_(size),
        update_(size),
        squares_(size),
        v_(rho, rule == Whose::server || rule == Whose::server_squares ? size : clients * size) {}

  /// gradients [clients, size] → update [size].
  std::span<const double> operator()(std::span<const double> gradients) {
    if (rule_ == Whose::server || rule_ == Whose::server_squares)
      at_server(gradients);
    else
      at_clients(gradients);
    return update_;
  }

 private:
  void at_server(std::span<const double> gradients) {
    const double share = 1 / static_cast<double>(clients_);
    std::ranges::fill(update_, 0);
    std::ranges::fill(squares_, 0);
    for (std::size_t i = 0; i < gradients.size(); ++i) {
      update_[i % size_] += share * gradients[i];
      squares_[i % size_] += share * gradients[i] * gradients[i];
    }
    for (double& square : squares_) square = std::sqrt(square);
    const auto root = v_.add(rule_ == Whose::server ? update_ : squares_);
    for (std::size_t i = 0; i < size_; ++i) update_[i] /= root[i];
  }
  void at_clients(std::span<const double> gradients) {
    const auto root = v_.add(gradients);
    for (std::size_t i = 0; i < size_; ++i) {
      double normalised = 0, weighted = 0, weights = 0;
      for (std::size_t at = i; at < gradients.size(); at += size_) {
        normalised += gradients[at] / root[at];
        weighted += gradients[at] / (root[at] * root[at]);
        weights += 1 / (root[at] * root[at]);
      }
      update_[i] =
          rule_ == Whose::client ? normalised / static_cast<double>(clients_) : weighted / std::sqrt(weights);
    }
  }

  Whose rule_;
  std::size_t clients_, size_;
  std::vector<double> update_, squares_;
  Accumulator v_;
};

/// An update where noise dominates: `pull` times the distance, and noise of variance `noise`·pull².
struct Linear {
  double pull, noise;
};

/// v is the mean square of its input, here noise of deviation σ_k at client k.
Linear linearise(Whose rule, std::span<const double> deviations) {
  const double clients = static_cast<double>(deviations.size());
  double squares = 0, inverses = 0, inverse_squares = 0;
  for (const double s : deviations) squares += s * s, inverses += 1 / s, inverse_squares += 1 / (s * s);
  const double of_mean = squares / clients / clients;
  switch (rule) {
    case Whose::server:
      return {1 / std::sqrt(of_mean), of_mean};
    case Whose::server_squares:
      return {1 / std::sqrt(squares / clients), of_mean};
    case Whose::client:
      return {inverses / clients, clients / (inverses * inverses)};
    case Whose::inverse_variance:
      return {std::sqrt(inverse_squares), 1 / inverse_squares};
  }
  return {};
}

/// Quadratic losses ½‖θ − θ*_k‖² seen through noise.
struct Clients {
  std::vector<double> deviations;  ///< of the noise, by client
  double disagreement;             ///< deviation of the θ*_k around their centre
  double distance;                 ///< deviation of that centre from 0, where θ starts
  std::size_t size;
};

/// A way to train them.
struct Federation {
  Whose rule;
  double rho, lr;
  int updates;
  int measured;  ///< the last of these, over which the loss is averaged
};

/// Mean over the measured updates of ½‖θ − mean θ*_k‖², the loss beyond the least possible.
double excess_loss(const Clients& clients, const Federation& training, std::uint64_t seed) {
  core::Stream stream(seed, core::Purpose::environment);
  const std::size_t size = clients.size, count = clients.deviations.size();
  std::vector<double> optima(count * size), mean(size), theta(size), gradients(count * size);
  for (std::size_t i = 0; i < size; ++i) {
    const double centre = clients.distance * stream.normal();
    for (std::size_t at = i; at < optima.size(); at += size) {
      optima[at] = centre + clients.disagreement * stream.normal();
      mean[i] += optima[at] / static_cast<double>(count);
    }
  }
  Aggregator aggregate(training.rule, training.rho, count, size);
  double sum = 0;
  for (int t = 1; t <= training.updates; ++t) {
    for (std::size_t at = 0; at < gradients.size(); ++at)
      gradients[at] = theta[at % size] - optima[at] + clients.deviations[at / size] * stream.normal();
    const auto update = aggregate(gradients);
    for (std::size_t i = 0; i < size; ++i) {
      theta[i] -= training.lr * update[i];
      if (t > training.updates - training.measured) sum += 0.5 * (theta[i] - mean[i]) * (theta[i] - mean[i]);
    }
  }
  return sum / training.measured;
}

class Federated final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rho(options, rho_);
    add_numbers(options, "lr", lrs_, "learning rates to choose the best of", {.low = 1e-9, .high = 1e3});
    options.add("clients", clients_, "clients", {.low = 2, .high = 30});
    options.add("noisy", noisy_, "how many of them are noisy", {.low = 0, .high = 30});
    options.add("factor", factor_, "their noise over that of the others, which is 1",
                {.low = 1, .high = 1e6});
    options.add("disagreement", disagreement_, "deviation of the clients' optima from each other",
                {.low = 0, .high = 1e3});
    options.add("updates", updates_, "updates of a run, of which the last fifth is measured",
                {.low = 5, .high = 1000});
    options.add("speed", speed_, "share of the distance covered by an update where noise is compared",
                {.low = 0.002, .high = 0.1});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{.setup = fmt::format(
                      "{} clients, {} parameters each, quadratic losses; {} of noise {:g}, the others 1; "
                      "optima differ by {:g}; ρ {:g}. Excess loss in the last fifth of {} updates at the "
                      "best of {} learning rates, {} seeds. Noise is compared at a speed of {:g} per update, "
                      "with clients that agree.",
                      clients_, kSize, noisy(), factor_, disagreement_, rho_, updates_, lrs_.size(),
                      seeds_.count, speed_)};
    render::Chart chart{.title = fmt::format("{} clients, {} noisy", clients_, noisy()),
                        .x = {.label = "learning rate", .log = true},
                        .y = {.label = "excess loss", .log = true}};
    std::vector<double> noisy_losses, quiet_losses;
    for (const Whose rule : kWhose)
      noisy_losses.push_back(tune(pool, rule, deviations(noisy()), report, &chart));
    for (const Whose rule : kWhose) quiet_losses.push_back(tune(pool, rule, deviations(0), report, nullptr));
    for (const Whose rule : kWhose) compare_noise(pool, rule, report);
    report.charts.push_back(std::move(chart));
    decide(noisy_losses[0] / noisy_losses[2], quiet_losses[0] / quiet_losses[2], report);
    return report;
  }

 private:
  static constexpr std::size_t kSize = 20;

  int noisy() const { return std::min(noisy_, clients_); }
  std::vector<double> deviations(int noisy) const {
    std::vector<double> all(static_cast<std::size_t>(clients_), 1.0);
    std::fill_n(all.begin(), noisy, factor_);
    return all;
  }
  std::vector<double> losses(core::ThreadPool& pool, const Clients& clients,
                             const Federation& training) const {
    return seeds_.each(pool, [&](std::uint64_t seed) { return excess_loss(clients, training, seed); });
  }

  /// The best interquartile mean over the learning rates.
  double tune(core::ThreadPool& pool, Whose rule, const std::vector<double>& deviations, Report& report,
              render::Chart* chart) const {
    const Clients clients{deviations, disagreement_, 1, kSize};
    Row best = figure("", INFINITY);
    render::Series series{.name = text(rule)};
    for (const double lr : lrs_) {
      const Row row = sampled(
          fmt::format("excess loss, {}, {} noisy (lr {:g})", text(rule), deviations[0] > 1 ? noisy() : 0, lr),
          losses(pool, clients, {rule, rho_, lr, updates_, std::max(1, updates_ / 5)}));
      series.x.push_back(lr);
      series.y.push_back(row.measured);
      series.low.push_back(row.interval->low);
      series.high.push_back(row.interval->high);
      if (!(row.measured >= best.measured)) best = row;
    }
    report.rows.push_back(best);
    if (chart) chart->series.push_back(std::move(series));
    return best.measured;
  }

  /// At equal speed r an update is θ ← (1 − r)θ + r·noise, and the excess loss is r/(2 − r) times half the
  /// noise's variance.
  void compare_noise(core::ThreadPool& pool, Whose rule, Report& report) const {
    const Clients clients{deviations(noisy()), 0, 0, kSize};
    const Linear linear = linearise(rule, clients.deviations);
    const int settling = static_cast<int>(4 / speed_), measured = static_cast<int>(10 / speed_);
    const auto sample =
        losses(pool, clients, {rule, rho_, speed_ / linear.pull, settling + measured, measured});
    // v sees each gradient that it divides, the more so the noisier the clients and the shorter its memory.
    const double n = optim::memory_of_rho(rho_), slack = rule == Whose::server_squares ? 2 / n : 1 / n;
    const auto what = fmt::format("noise floor at equal speed, {}", text(rule));
    const double expected = kSize * linear.noise / 2 * speed_ / (2 - speed_);
    report.rows.push_back(n < 2 ? sampled(what, sample)
                                : sampled(what, sample, expected, 0.02 + speed_ + slack));
  }

  void decide(double gain, double quiet_gain, Report& report) const {
    report.verdict = gain > 2 ? Verdict::holds : gain > 1.1 ? Verdict::caveat : Verdict::fails;
    report.because = fmt::format(
        "with the noisy clients a v at the server leaves {:.3g} times the excess loss of dividing at each "
        "client, without them {:.3g} times.",
        gain, quiet_gain);
  }

  double rho_ = 0.9, factor_ = 100, disagreement_ = 0.3, speed_ = 0.01;
  std::vector<double> lrs_ = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};
  int clients_ = 10, noisy_ = 1, updates_ = 400;
  Seeds seeds_{.count = 20};
};

}  // namespace

Lab federated() {
  return {"federated",
          "One noisy client spoils an accumulator at the server: let every client divide by its own √v.",
          "own derivation: in the noise, an update is linear in the distance", Verdict::holds,
          make<Federated>};
}

}  // namespace rhoam::lab
