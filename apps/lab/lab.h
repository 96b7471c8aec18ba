#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/options.h"
#include "core/statistics.h"
#include "core/thread_pool.h"
#include "render/chart.h"

namespace rhoam::lab {

/// What became of a claim.
enum class Verdict { holds, caveat, fails };

/// "holds", "holds with a caveat" or "does not hold".
const char* text(Verdict verdict);

/// A figure of an experiment beside what it should be.
struct Row {
  std::string what;  ///< the quantity and its setting, such as "steps to half speed, ρ 0.99"
  double measured;
  std::optional<core::Interval> interval = {};  ///< 95%, over seeds
  std::string expected = "";                    ///< empty where nothing is
  bool agrees = true;
};

/// A figure without an expectation.
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

/// What one run of an experiment found.
struct Report {
  std::string setup = {};            ///< a sentence or two with the numbers of this run
  std::vector<Row> rows = {};        ///< the table
  Verdict verdict = Verdict::fails;  ///< decided by what was measured
  std::string because = {};          ///< the sentence that the figures support
  std::vector<render::Chart> charts = {};

  bool all_agree() const;
};

/// One experiment with its parameters. Expected values are formulas of the parameters; an experiment follows
/// them wherever a user sets them.
class Experiment {
 public:
  virtual ~Experiment() = default;
  /// Declares the parameters, bound to this object.
  virtual void describe(core::Options&) {}
  /// The same result for any number of threads: a task of the pool is one seed or one setting.
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
  const char* claim;   ///< one sentence, as people say it
  const char* source;  ///< where the claim or its formula comes from
  Verdict expected;    ///< with the default parameters
  std::unique_ptr<Experiment> (*make)();
  bool in_all = true;  ///< false: run by name only, not by --all
};

/// All experiments.
std::span<const Lab> labs();

/// Throws UsageError with the allowed names.
const Lab& find_lab(const std::string& name);

}  // namespace rhoam::lab
