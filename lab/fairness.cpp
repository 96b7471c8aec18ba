// Two groups of data, one noisier than the other: whom RMSprop serves first, and whom at all.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/random.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/optim/rho.h"

namespace rhoam::lab {
namespace {

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

/// The set-up: a gradient of a group is θ − θ* plus noise; θ starts at 0, θ* is 1 or −1.
struct Groups {
  double noise[2] = {1, 10};  ///< deviations, of A and B
  double rho = 0.99, lr = 0.01;
  double agree = 0.5;  ///< share of the common parameters with θ* = 1 for both; else it is −1 for B
  int size = 400;      ///< parameters of a block

  std::size_t agreed() const { return static_cast<std::size_t>(std::lround(agree * size)); }
  double squares() const { return noise[0] * noise[0] + noise[1] * noise[1]; }
};

/// Tracks the mean distance of a block from 1.
class Approach {
 public:
  explicit Approach(const std::string& name) : trace_(name) {}
  void see(int t, std::span<const double> block) {
    if (arrived()) return;
    const double mean = std::accumulate(block.begin(), block.end(), 0.0) / static_cast<double>(block.size());
    trace_.add(t, 1 - mean);
    if (1 - mean < 0.1) tenth_ = t;
  }
  /// Updates until a tenth of the distance was left.
  double tenth() const { return tenth_; }
  bool arrived() const { return !std::isnan(tenth_); }
  const render::Series& series() const { return trace_.series(); }

 private:
  LogTrace trace_;
  double tenth_ = kNever;
};

/// A block of parameters for each group, with a v for each parameter or one for all: the mean of all squares.
std::array<Approach, 2> learn_apart(const Groups& groups, bool one_v, int limit, std::uint64_t seed) {
  const auto size = static_cast<std::size_t>(groups.size);
  Accumulator v(groups.rho, one_v ? 1 : 2 * size);
  core::Stream stream(seed, core::Purpose::environment);
  std::vector<double> theta(2 * size), gradient(2 * size);
  const char* suffix = one_v ? ", one v for all" : "";
  std::array approaches = {Approach(std::string("A") + suffix), Approach(std::string("B") + suffix)};
  for (int t = 1; t <= limit && !(approaches[0].arrived() && approaches[1].arrived()); ++t) {
    double squares = 0;
    for (std::size_t i = 0; i < theta.size(); ++i) {
      gradient[i] = theta[i] - 1 + groups.noise[i / size] * stream.normal();
      squares += gradient[i] * gradient[i];
    }
    const double all = std::sqrt(squares / static_cast<double>(theta.size()));
    const auto root = v.add(one_v ? std::span(&all, 1) : gradient);
    for (std::size_t i = 0; i < theta.size(); ++i) theta[i] -= groups.lr * gradient[i] / root[one_v ? 0 : i];
    for (std::size_t group = 0; group < 2; ++group)
      approaches[group].see(t, std::span(theta).subspan(group * size, size));
  }
  return approaches;
}

/// Result of sharing the parameters.
struct Shared {
  double tenth = kNever;    ///< updates to a tenth of the distance where the groups agree
  double loss[2] = {0, 0};  ///< mean (θ − θ*)² in the last third of the run
};

/// Both groups move the same parameters, by the mean gradient over its √v or by each gradient over its own.
Shared learn_together(const Groups& groups, bool per_group, int updates, std::uint64_t seed) {
  const auto size = static_cast<std::size_t>(groups.size);
  Accumulator v(groups.rho, per_group ? 2 * size : size);
  core::Stream stream(seed, core::Purpose::environment);
  std::vector<double> theta(size), gradient(2 * size), mean(size);
  Approach approach("");
  Shared shared;
  const int measured = std::max(1, updates / 3);
  for (int t = 1; t <= updates; ++t) {
    for (std::size_t i = 0; i < size; ++i) {
      const double b = i < groups.agreed() ? 1 : -1;
      gradient[i] = theta[i] - 1 + groups.noise[0] * stream.normal();
      gradient[size + i] = theta[i] - b + groups.noise[1] * stream.normal();
      mean[i] = 0.5 * (gradient[i] + gradient[size + i]);
    }
    const auto root = v.add(per_group ? gradient : mean);
    for (std::size_t i = 0; i < size; ++i)
      theta[i] -= groups.lr * (per_group ? gradient[i] / root[i] + gradient[size + i] / root[size + i]
                                         : mean[i] / root[i]);
    approach.see(t, std::span(theta).first(groups.agreed()));
    if (t <= updates - measured) continue;
    for (std::size_t i = 0; i < size; ++i) {
      const double b = i < groups.agreed() ? 1 : -1;
      shared.loss[0] += (theta[i] - 1) * (theta[i] - 1) / groups.size / measured;
      shared.loss[1] += (theta[i] - b) * (theta[i] - b) / groups.size / measured;
    }
  }
  shared.tenth = approach.tenth();
  return shared;
}

/// Bounds from a v that follows the shrinking distance at once and a v that keeps what it saw at the start.
struct Bounds {
  double low, high;
};

/// Updates to a tenth, ∫ de/(lr·pull) from 0.1 to 1, with a pull of Σ e/√(variance + e²).
Bounds updates_to_tenth(double lr, std::initializer_list<double> variances) {
  constexpr int kParts = 200;
  const double part = std::log(10) / kParts;
  Bounds sum{0, 0};
  for (int i = 0; i < kParts; ++i) {
    const double distance = std::exp(-(i + 0.5) * part);
    double quick = 0, slow = 0;
    for (const double variance : variances) {
      quick += 1 / std::sqrt(variance + distance * distance);
      slow += 1 / std::sqrt(variance + 1);
    }
    sum.low += part / quick / lr;
    sum.high += part / slow / lr;
  }
  return sum;
}

/// Resting point of contested parameters with a v per group: the groups' normalised pulls balance.
double contested_rest(const Groups& groups) {
  const auto pull = [&](int group, double distance) {
    return distance / std::hypot(groups.noise[group], distance);
  };
  double low = -1, high = 1;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (pull(0, 1 - middle) > pull(1, 1 + middle) ? low : high) = middle;
  }
  return low;
}

/// Mean (θ − θ*)² of each group at rest, and its part from noise: lr·Σ(noise of a step)²/(2·pull).
struct Losses {
  double of[2];
  double noise;
};
Losses losses_together(const Groups& groups, bool per_group) {
  const double rest = per_group ? contested_rest(groups) : 0;
  const auto inverse = [&](int group, double distance) {
    return 1 / std::hypot(groups.noise[group], distance);
  };
  const double agreed_noise =
      per_group ? groups.lr / (inverse(0, 0) + inverse(1, 0)) : groups.lr * std::sqrt(groups.squares()) / 4;
  const double contested_noise =
      per_group ? groups.lr / (inverse(0, 1 - rest) + inverse(1, 1 + rest)) : agreed_noise;
  const double agreed = static_cast<double>(groups.agreed()) / groups.size;
  const double noise = agreed * agreed_noise + (1 - agreed) * contested_noise;
  return {{noise + (1 - agreed) * (1 - rest) * (1 - rest), noise + (1 - agreed) * (1 + rest) * (1 + rest)},
          noise};
}

class Fairness final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rho(options, groups_.rho, 1e4);
    options.add("lr", groups_.lr, "learning rate", {.low = 1e-9, .high = 1e3});
    options.add("noise-a", groups_.noise[0], "gradient noise of group A", {.low = 1e-3, .high = 1e3});
    options.add("noise-b", groups_.noise[1], "gradient noise of group B", {.low = 1e-3, .high = 1e3});
    options.add("agree", groups_.agree, "share of common parameters on which they agree",
                {.low = 0.1, .high = 0.9});
    options.add("size", groups_.size, "parameters of a block", {.low = 10, .high = 1000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{.setup = fmt::format(
                      "Gradients θ − θ* + noise, of deviation {:g} in group A and {:g} in group B; lr {:g}, "
                      "ρ {:g}, ε 0, {} parameters a block, {} seeds. First a block for each group, then one "
                      "for both, which agree on {:g}% of θ*. T90: updates until a tenth of the distance is "
                      "left.",
                      groups_.noise[0], groups_.noise[1], groups_.lr, groups_.rho, groups_.size, seeds_.count,
                      100 * groups_.agree)};
    render::Chart chart{.title = "A block for each group",
                        .x = {.label = "updates", .log = true},
                        .y = {.label = "mean distance", .log = true}};
    for (const bool one_v : {false, true}) apart(one_v, pool, report, chart);
    report.charts.push_back(std::move(chart));
    together(pool, report);
    return report;
  }

 private:
  static constexpr double kMostUpdates = 8000;

  double memory() const { return optim::memory_of_rho(groups_.rho); }
  /// The bounds assume many gradients in v, many updates and a mean over many parameters, whose own scatter
  /// makes it arrive early. `scatter` is the noise's variance over √v.
  Row time_row(const std::string& what, const std::vector<double>& sample, const Bounds& bounds,
               double scatter, double parameters) const {
    if (std::ranges::any_of(sample, [](double t) { return std::isnan(t); })) return figure(what, kNever);
    const double early = 0.5 * groups_.lr * scatter / 2 / parameters / (0.1 * 0.1);
    const double slack = 0.05 + 1 / memory() + 5 / bounds.low + early;
    const bool applies = memory() >= 2 && slack < 0.5 && 1.2 * bounds.high < kMostUpdates;
    const double middle = 0.5 * (bounds.low + bounds.high);
    return applies ? sampled(what, sample, middle, slack + (bounds.high - bounds.low) / 2 / middle)
                   : sampled(what, sample);
  }

  void apart(bool one_v, core::ThreadPool& pool, Report& report, render::Chart& chart) const {
    const auto bounds_of = [&](double noise) {
      return updates_to_tenth(groups_.lr, {one_v ? groups_.squares() / 2 : noise * noise});
    };
    const double slowest = std::max(bounds_of(groups_.noise[0]).high, bounds_of(groups_.noise[1]).high);
    const int limit = static_cast<int>(std::min(kMostUpdates, 100 + 1.5 * slowest));
    const auto tenths = seeds_.each(pool, [&](std::uint64_t seed) {
      const auto both = learn_apart(groups_, one_v, limit, seed);
      return std::array{both[0].tenth(), both[1].tenth()};
    });
    const auto shown = learn_apart(groups_, one_v, limit, seeds_.first);
    for (std::size_t group = 0; group < 2; ++group) {
      const double noise = groups_.noise[group];
      std::vector<double> sample;
      for (const auto& both : tenths) sample.push_back(both[group]);
      report.rows.push_back(time_row(
          fmt::format("T90 of {}, {}", "AB"[group], one_v ? "one v for all" : "v of its own"), sample,
          bounds_of(noise), one_v ? noise * noise / std::sqrt(groups_.squares() / 2) : noise, groups_.size));
      chart.series.push_back(shown[group].series());
    }
  }

  void together(core::ThreadPool& pool, Report& report) const {
    double tenth[2], losses[2][2];  // pooled, per group; losses of A, B
    render::Chart chart{.title = "One block for both groups",
                        .x = {.label = "normaliser", .categories = {"pooled v", "v per group"}},
                        .y = {.label = "final mean (θ − θ*)²"}};
    chart.series = {{.name = "A", .style = render::Style::bars}, {.name = "B", .style = render::Style::bars}};
    for (const int per_group : {0, 1}) {
      const auto rows = share(pool, per_group);
      tenth[per_group] = rows[0].measured;
      for (int group = 0; group < 2; ++group) {
        losses[per_group][group] = rows[1 + group].measured;
        add_point(chart.series[group], per_group, losses[per_group][group]);
      }
      report.rows.insert(report.rows.end(), rows.begin(), rows.end());
    }
    report.charts.push_back(std::move(chart));
    const std::size_t noisy = groups_.noise[1] < groups_.noise[0] ? 0 : 1;
    decide(tenth[0] / tenth[1], losses[1][noisy] / losses[0][noisy], losses[1][noisy] / losses[1][1 - noisy],
           report);
  }

  /// T90 and the final losses of both groups.
  std::array<Row, 3> share(core::ThreadPool& pool, bool per_group) const {
    const double square[2] = {groups_.noise[0] * groups_.noise[0], groups_.noise[1] * groups_.noise[1]};
    const auto bounds = per_group ? updates_to_tenth(groups_.lr, {square[0], square[1]})
                                  : updates_to_tenth(groups_.lr, {groups_.squares() / 4});
    const double needed = 3 * (1.5 * bounds.high + 5 * memory());
    const auto results = seeds_.each(pool, [&](std::uint64_t seed) {
      return learn_together(groups_, per_group, static_cast<int>(std::min(kMostUpdates, 100 + needed)), seed);
    });
    std::vector<double> tenth, loss[2];
    for (const auto& result : results) {
      tenth.push_back(result.tenth);
      for (int group = 0; group < 2; ++group) loss[group].push_back(result.loss[group]);
    }
    const std::string with = per_group ? "v per group" : "pooled v";
    const bool settled = needed < kMostUpdates && memory() >= 2 &&
                         groups_.lr < 0.1 * std::min({1.0, groups_.noise[0], groups_.noise[1]});
    const auto loss_row = [&](int group) {
      const auto what = fmt::format("final (θ − θ*)² of {}, {}", "AB"[group], with);
      const auto expected = losses_together(groups_, per_group);
      const double slack = 0.03 + (0.2 + 2 / memory()) * expected.noise / expected.of[group];
      return settled ? sampled(what, loss[group], expected.of[group], slack) : sampled(what, loss[group]);
    };
    const double scatter =
        per_group ? 2 / (1 / groups_.noise[0] + 1 / groups_.noise[1]) : std::sqrt(groups_.squares()) / 2;
    return {time_row("T90 where they agree, " + with, tenth, bounds, scatter,
                     static_cast<double>(groups_.agreed())),
            loss_row(0), loss_row(1)};
  }

  /// `worse` is the noisy group's error with a v per group over that with a pooled v, `unequal` over that of
  /// the other group.
  static void decide(double faster, double worse, double unequal, Report& report) {
    if (std::isnan(faster)) {
      report.because = fmt::format(
          "within {:g} updates not both rules learn to a tenth what both groups agree on.", kMostUpdates);
      return;
    }
    const bool unfair = worse > 1.1;
    report.verdict = faster < 1.1 ? Verdict::fails : unfair ? Verdict::caveat : Verdict::holds;
    report.because = fmt::format(
        "with a v per group the parameters on which both agree are learnt {:.3g} times as fast, and the "
        "noisier group ends with {:.3g} times the error{}.",
        faster, worse,
        unfair && unequal > 1.1 ? ": what they contest goes to the group with the smaller noise" : "");
  }

  Groups groups_;
  Seeds seeds_;
};

}  // namespace

Lab fairness() {
  return {"fairness", "A normaliser of its own for each group makes training fair to the noisy group.",
          "own derivation: in the noise a group pulls with its distance over its noise", Verdict::caveat,
          make<Fairness>};
}

}  // namespace rhoam::lab
