// Bursts in the gradient, and clipping before or after the accumulator has seen them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <utility>
#include <vector>

#include "rhoam/lab/clipped_noise.h"
#include "rhoam/lab/curves.h"
#include "rhoam/lab/experiment.h"
#include "rhoam/lab/tracking.h"
#include "rhoam/optim/chain.h"
#include "rhoam/optim/clip.h"
#include "rhoam/optim/rho.h"
#include "rhoam/optim/scale_by_rms.h"

namespace rhoam::lab {
namespace {

enum class Clip { nothing, gradient, step, update };
constexpr Clip kClips[] = {Clip::nothing, Clip::gradient, Clip::step, Clip::update};

const char* text(Clip clip) {
  switch (clip) {
    case Clip::nothing:
      return "no clipping";
    case Clip::gradient:
      return "clip g before v";
    case Clip::step:
      return "clip g after v";
    case Clip::update:
      return "clip g/√v at 1";
  }
  return "";
}

/// u ← u·min(1, limit/|g|): the step is that of a clipped gradient, but v has seen all of it.
class ClipStep final : public optim::Transform<double> {
 public:
  explicit ClipStep(double limit) : limit_(limit) {}
  void apply(const optim::Block<double>& block) override {
    for (std::size_t i = 0; i < block.size; ++i) {
      const double u = block.in[i] / std::max(1.0, std::abs(block.gradient[i]) / limit_);
      if (block.descend)
        block.descend[i] -= block.rate * u;
      else
        block.out[i] = u;
    }
  }

 private:
  double limit_;
};

/// One ρ: losses with bursts over the loss without, one value per seed.
struct Setting {
  double rho;
  std::vector<double> ratios[std::size(kClips)] = {};
  double ratio(Clip clip) const { return core::interquartile_mean(ratios[static_cast<std::size_t>(clip)]); }
  double best_after() const { return std::min(ratio(Clip::step), ratio(Clip::update)); }
  double worst_after() const { return std::max(ratio(Clip::step), ratio(Clip::update)); }
};

class Clipping final : public Experiment {
 public:
  void describe(core::Options& options) override {
    add_rhos(options, rhos_, 1e5);
    options.add("lr", lr_, "learning rate", {.low = 0.002, .high = 0.2});
    options.add("burst", burst_, "width of the noise in a burst; else it is 1", {.low = 1, .high = 1e6});
    options.add("chance", chance_, "of a burst, in each coordinate at each update", {.low = 0, .high = 0.5});
    options.add("limit", limit_, "largest gradient that clipping lets through", {.low = 0.1, .high = 1e6});
    options.add("steps", steps_, "updates", {.low = 1000, .high = 200000});
    seeds_.describe(options);
  }

  Report run(core::ThreadPool& pool) override {
    Report report{
        .setup = fmt::format(
            "A walking optimum seen through noise of width 1, with probability {:g} of width {:g}; lr "
            "{:g}, gradients clipped at {:g}. Losses over those of the same ρ without bursts; {} "
            "updates, {} seeds.",
            chance_, burst_, lr_, limit_, steps_, seeds_.count)};
    const auto settings = measure(pool);
    for (const Setting& setting : settings)
      for (const Clip clip : kClips) report.rows.push_back(row(setting, clip));
    report.charts = {losses(settings, report.rows), trace(settings[settings.size() / 2].rho)};
    judge(settings, report);
    return report;
  }

 private:
  TrackingTask task(double burst) const {
    return {.drift = {.amplitude = 0},
            .noise = {.outlier_sd = burst, .outliers = chance_},
            .gain = 1,
            .updates = steps_};
  }
  ClippedNoise theory(double burst, double limit) const {
    return {.burst = burst, .chance = chance_, .limit = limit, .lr = lr_, .walk = task(1).walk};
  }

  std::unique_ptr<optim::Optimizer<double>> optimizer(double rho, Clip clip) const {
    const std::size_t size = task(1).dimension;
    optim::Stages<double> stages;
    if (clip == Clip::gradient) stages.push_back(optim::clip_by_value<double>(limit_));
    stages.push_back(optim::scale_by_rms<double>({.rho = rho, .eps = 0.0}, size));
    if (clip == Clip::step) stages.push_back(std::make_unique<ClipStep>(limit_));
    if (clip == Clip::update) stages.push_back(optim::clip_by_value<double>(1.0));
    return std::make_unique<optim::Chain<double>>(text(clip), std::move(stages),
                                                  optim::Hyper("lr", lr_, optim::kNonNegative), size);
  }

  std::vector<Setting> measure(core::ThreadPool& pool) const {
    const auto by_seed = seeds_.each(pool, [&](std::uint64_t seed) {
      std::vector<Learner> calm, learners;
      for (const double rho : rhos_) {
        calm.push_back({optimizer(rho, Clip::nothing)});
        for (const Clip clip : kClips) learners.push_back({optimizer(rho, clip)});
      }
      const auto baseline = tracking_losses(task(1), seed, calm);
      auto ratios = tracking_losses(task(burst_), seed, learners);
      for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i] /= baseline[i / std::size(kClips)];
      return ratios;
    });
    std::vector<Setting> settings;
    for (std::size_t r = 0; r < rhos_.size(); ++r) {
      Setting& setting = settings.emplace_back(Setting{rhos_[r]});
      for (const auto& ratios : by_seed)
        for (std::size_t m = 0; m < std::size(kClips); ++m)
          setting.ratios[m].push_back(ratios[r * std::size(kClips) + m]);
    }
    return settings;
  }

  Row row(const Setting& setting, Clip clip) const {
    const auto what = fmt::format("loss over that without bursts, {}, ρ {:g}", text(clip), setting.rho);
    const auto& ratios = setting.ratios[static_cast<std::size_t>(clip)];
    if (clip == Clip::step || clip == Clip::update) return worse(sampled(what, ratios), setting);
    const auto noise = theory(burst_, clip == Clip::gradient ? limit_ : kNoLimit);
    const double memory = optim::memory_of_rho(setting.rho), start = noise.relaxation() / steps_;
    const double slack = 0.05 + noise.spread(memory) + start;
    if (slack > 0.2) return worse(sampled(what, ratios), setting);
    return sampled(what, ratios, noise.loss() / theory(1, kNoLimit).loss(), slack);
  }

  /// Nothing should beat clipping before v where that stops the bursts and they hurt: one slows down
  /// n·ln(B²/n) updates, which helps only if the learning rate is too high.
  bool bursts_hurt(double rho) const {
    const double n = optim::memory_of_rho(rho), slowed = n * std::log(burst_ * burst_ / n);
    return limit_ * limit_ <= burst_ && (lr_ <= task(1).walk || chance_ * slowed >= 1);
  }

  Row worse(Row row, const Setting& setting) const {
    if (!bursts_hurt(setting.rho)) return row;
    const double limit = 0.95 * setting.ratio(Clip::gradient);
    row.expected = fmt::format("> {:.3g}", limit);
    row.agrees = row.measured > limit;
    return row;
  }

  void judge(const std::vector<Setting>& settings, Report& report) const {
    const auto too_late = [](const Setting& setting) {
      return setting.best_after() > 1.2 * setting.ratio(Clip::gradient);
    };
    const auto count = std::ranges::count_if(settings, too_late);
    report.verdict = count == std::ssize(settings) ? Verdict::holds
                     : count > 0                   ? Verdict::caveat
                                                   : Verdict::fails;
    const auto highest = [&](auto&& of) { return std::ranges::max(settings, {}, of); };
    const auto lowest = std::ranges::min(settings, {}, &Setting::best_after);
    const auto clipped_first = [](const Setting& setting) { return setting.ratio(Clip::gradient); };
    report.because = fmt::format(
        "clipped before v, bursts cost at most {:.2f} times the loss; clipped after it {:.1f} … {:.1f} "
        "times, for v remembers the burst and makes the next steps small.",
        clipped_first(highest(clipped_first)), lowest.best_after(),
        highest(&Setting::worst_after).worst_after());
  }

  render::Chart losses(const std::vector<Setting>& settings, const std::vector<Row>& rows) const {
    render::Chart chart{.title = "Price of bursts",
                        .x = {.label = "memory 1/(1 − ρ), updates", .log = true},
                        .y = {.label = "loss / loss without bursts", .log = true}};
    for (std::size_t m = 0; m < std::size(kClips); ++m) {
      render::Series series{.name = text(kClips[m])};
      for (std::size_t r = 0; r < settings.size(); ++r) {
        const Row& row = rows[r * std::size(kClips) + m];
        add_point(series, optim::memory_of_rho(settings[r].rho), row.measured);
        series.low.push_back(row.interval->low);
        series.high.push_back(row.interval->high);
      }
      chart.series.push_back(std::move(series));
    }
    return chart;
  }

  /// One coordinate's path through the first bursts.
  render::Chart trace(double rho) const {
    constexpr int kUpdates = 1000, kEvery = 5;
    render::Chart chart{.title = fmt::format("One coordinate, ρ {:g}", rho),
                        .x = {.label = "updates"},
                        .y = {.label = "θ and the optimum"}};
    render::Series optimum{.name = "optimum", .style = render::Style::dashed};
    for (const Clip clip : {Clip::nothing, Clip::gradient}) {
      TrackingWorld world(task(burst_), seeds_.first);
      const auto learner = optimizer(rho, clip);
      std::vector<double> theta(world.size()), gradient(world.size());
      render::Series series{.name = text(clip)};
      for (int t = 1; t <= kUpdates; ++t) {
        world.advance();
        for (std::size_t i = 0; i < gradient.size(); ++i) gradient[i] = world.seen_distance(theta[i], i);
        learner->step(theta, gradient, world.clocks());
        if (t % kEvery != 0) continue;
        add_point(series, t, theta[0]);
        if (clip == Clip::nothing) add_point(optimum, t, world.optimum(0));
      }
      chart.series.push_back(std::move(series));
    }
    chart.series.push_back(std::move(optimum));
    return chart;
  }

  static constexpr double kNoLimit = 1e12;
  std::vector<double> rhos_ = {0.9, 0.99, 0.999};
  double lr_ = 0.05, burst_ = 1000, chance_ = 0.01, limit_ = 4;
  int steps_ = 40000;
  Seeds seeds_{.count = 8};
};

}  // namespace

Lab clipping() {
  return {"clipping", "Clip a gradient before it enters v: clipping the step is too late.",
          "Pascanu, Mikolov & Bengio 2013 for clipping; own simulation", Verdict::holds, make<Clipping>};
}

}  // namespace rhoam::lab
