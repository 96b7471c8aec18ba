#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "rhoam/compare/grid.h"
#include "rhoam/compare/results.h"
#include "rhoam/core/options.h"
#include "rhoam/training/training_config.h"

namespace rhoam::compare {

/// One of the worlds between which a scenario's drifts jump, standing still.
struct Regime {
  std::string name;            ///< "action-flip=1"
  std::vector<double> values;  ///< of the drifts that jump, in their order
};

/// Drifts that jump between worlds; those of a mere scale (advantage-scale, reward-scale) do not.
std::vector<std::string> jumping_params(std::span<const std::string> drifts);

/// Every combination of the levels of the drifts that jump; none when nothing jumps. Throws UsageError when
/// there are more than 16.
std::vector<Regime> regimes_of(std::span<const std::string> drifts);

/// The options with the drifts that jump replaced by the regime's values, as parameters of the world.
std::vector<core::GivenOption> within(const Regime& regime, std::vector<core::GivenOption> options);

/// One task in which every setting is run.
struct Scenario {
  std::string name;  ///< empty where there is only one
  std::string env, algorithm;
  std::vector<core::GivenOption> options;  ///< of the training, without what is compared or tuned
  std::vector<Axis> tuned;                 ///< options whose best values are chosen for every setting apart
  std::vector<Choice> candidates;          ///< their grid
  std::vector<Regime> regimes;             ///< each to be trained in alone, as the oracle; mostly none
};

/// What a trial is run for: to choose among the candidates, to compare, or to learn what is to be had in a
/// regime (the reference's setting with every candidate, on the tuning seeds).
enum class Stage { tuning, final, oracle };

/// "tuning", "final" or "oracle".
const char* name(Stage stage);

/// A name as part of a file name: at most 60 letters, digits, dots and hyphens.
std::string safe_name(const std::string& name);

/// The drifts of a scenario, as typed.
std::vector<std::string> drifts_of(const Scenario& scenario);

/// One training of the comparison.
struct Trial {
  int scenario, setting, candidate;
  Stage stage;
  std::uint64_t seed;
  int regime = -1;  ///< of the oracle
};

/// Settings × scenarios × seeds, and everything that decides their results.
struct Comparison {
  std::string name;  ///< of the suite; empty for one that was typed
  std::string question;
  std::vector<Choice> settings;
  std::vector<Scenario> scenarios;
  int seeds = 10;
  int tuning_seeds = 5;
  std::uint64_t first_seed = 0;
  int reference = 0;  ///< index of the setting that differences are taken to
  Score score;
  bool every_rate = false;  ///< all candidates run on the final seeds, too
  std::string config;       ///< its canonical text; `rhoam compare --config FILE` repeats it
  std::string command;      ///< for a shell, that repeats it

  bool tunes(int scenario) const { return scenarios[scenario].candidates.size() > 1; }
  /// The training of a trial. Throws UsageError for options that are wrong.
  training::TrainingConfig config_of(const Trial& trial) const;
  /// Where it is kept, relative to the comparison's directory.
  std::filesystem::path folder(const Trial& trial) const;
  /// The seed number `index` of a stage; those of tuning are no final ones.
  std::uint64_t seed(Stage stage, int index) const;
};

/// An config with these options, as a trial trains it; "algo" among them beats `algorithm`. Throws
/// UsageError for options that are wrong.
training::TrainingConfig make_config(const std::string& env, const std::string& algorithm,
                                     std::span<const core::GivenOption> given, std::uint64_t seed);

/// Later options take the place of earlier ones of the same name.
void put(std::vector<core::GivenOption>& options, std::span<const core::GivenOption> more);

/// The same of a setting's options, of which a parameter takes the place of that parameter alone.
void assign(std::vector<core::GivenOption>& options, std::span<const core::GivenOption> assignments);

}  // namespace rhoam::compare
