#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/options.h"
#include "rhoam/core/range.h"
#include "rhoam/core/statistics.h"
#include "rhoam/core/thread_pool.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::lab {

/// Verdict on a claim.
enum class Verdict { holds, caveat, fails };

/// "holds", "holds with a caveat" or "does not hold".
const char* text(Verdict verdict);

/// A measured value of an experiment beside its expectation.
struct Row {
  std::string what;  ///< the quantity and its setting, such as "steps to half speed, ρ 0.99"
  double measured;
  std::optional<core::Interval> interval = {};  ///< 95%, over seeds
  std::string expected = "";                    ///< empty where nothing is expected
  bool agrees = true;
};

/// A value without an expectation.
Row figure(const std::string& what, double measured);
/// Agrees within `relative` of the expected value; below 1e-4 the table shows no tolerance.
Row close(const std::string& what, double measured, double expected, double relative);
/// Agrees within an absolute `slack` of the expected value, which the table does not show: for rounding.
Row near(const std::string& what, double measured, double expected, double slack);
/// Agrees within [low, high].
Row between(const std::string& what, double measured, double low, double high);
Row below(const std::string& what, double measured, double limit);
Row above(const std::string& what, double measured, double limit);
/// The interquartile mean of one value per seed with its bootstrap interval, without an expectation.
Row sampled(const std::string& what, std::span<const double> sample);
/// Agrees when the interval, widened by `relative` of the expected value, contains that value. Fewer than 5
/// seeds have no expectation.
Row sampled(const std::string& what, std::span<const double> sample, double expected, double relative);

/// Result of one run of an experiment.
struct Report {
  std::string setup = {};            ///< a sentence or two with the numbers of this run
  std::vector<Row> rows = {};        ///< the table
  Verdict verdict = Verdict::fails;  ///< decided by the measurements
  std::string because = {};          ///< the conclusion that the rows support
  std::vector<render::Chart> charts = {};

  bool all_agree() const;
};

/// One experiment with its parameters. Expected values are formulas of the parameters and hold for whatever a
/// user sets.
class Experiment {
 public:
  virtual ~Experiment() = default;
  /// Declares the parameters, bound to this object.
  virtual void describe(core::Options&) {}
  /// Gives the same result for any number of threads: a task of the pool is one seed or one setting.
  virtual Report run(core::ThreadPool& pool) = 0;
};

/// An experiment with its own parameters, for Lab::make.
template <class E>
std::unique_ptr<Experiment> make() {
  return std::make_unique<E>();
}

/// One row of the registry.
struct Lab {
  const char* name;
  const char* claim;   ///< one sentence, as it is commonly stated
  const char* source;  ///< where the claim or its formula comes from
  Verdict expected;    ///< with the default parameters
  std::unique_ptr<Experiment> (*make)();
  bool in_all = true;  ///< false: run by name only, not by --all
};

/// All experiments.
std::span<const Lab> labs();

/// Throws UsageError with the allowed names.
const Lab& find_lab(const std::string& name);

/// The seeds that a random experiment averages over.
struct Seeds {
  int count = 10;
  std::uint64_t first = 0;

  /// Seed number i of the experiment.
  std::uint64_t operator[](int i) const { return first + static_cast<std::uint64_t>(i); }

  /// Declares --seeds and --seed.
  void describe(core::Options& options) {
    options.add("seeds", count, "seeds to average over", {.low = 1, .high = 1000});
    options.add("seed", first, "first of them", {.low = 0, .high = 1e15});
  }

  /// measure(seed) for each seed, in order; each is one task of the pool.
  template <class Measure>
  auto each(core::ThreadPool& pool, Measure&& measure) const {
    std::vector<decltype(measure(first))> results(static_cast<std::size_t>(count));
    pool.run(count, [&](int i) { results[i] = measure((*this)[i]); });
    return results;
  }
};

/// Declares an option of one or more comma-separated numbers: --lr 0.001,0.01.
void add_numbers(core::Options& options, const std::string& name, std::vector<double>& values,
                 const std::string& help, core::Range range = {});

/// The longest memory of any experiment, in updates.
inline constexpr double kLongestMemory = 1e6;

/// Declares --rho, one or more constants, each in the syntax of optim::parse_rho: 0.9,memory:100. Memories
/// 1/(1 − ρ) go up to `longest` updates.
void add_rhos(core::Options& options, std::vector<double>& values, double longest = kLongestMemory);

/// One ρ instead of several.
void add_rho(core::Options& options, double& value, double longest = kLongestMemory);

/// Names for --kind, in the order of optim::DriftKind.
inline const std::vector<std::string> kDriftKinds = {"sine", "telegraph", "ou", "growth"};

}  // namespace rhoam::lab
