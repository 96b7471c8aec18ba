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

/// One of the worlds between which a scenario's drifts jump, held constant.
struct Regime {
  std::string name;            ///< "action-flip=1"
  std::vector<double> values;  ///< of the drifts that jump, in their order
};

/// Parameters whose drifts jump between worlds; those of a mere scale (advantage-scale, reward-scale) do not
/// count.
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
  std::vector<Axis> tuned;         ///< options whose best values are chosen for every setting separately
  std::vector<Choice> candidates;  ///< their grid
  std::vector<Regime> regimes;     ///< for the oracle, which is trained in each alone; mostly none
};

/// A name as part of a file name: at most 60 letters, digits, dots and hyphens.
std::string safe_name(const std::string& name);

/// The drifts of a scenario, as typed.
std::vector<std::string> drifts_of(const Scenario& scenario);

/// One training of the comparison.
struct Trial {
  int scenario, setting, candidate;
  Stage stage;
  std::uint64_t seed;
  int regime = -1;  ///< only for the oracle
};

/// Settings × scenarios × seeds, and everything that decides their results.
struct Comparison {
  std::string name;  ///< of the suite; empty without one
  std::string question;
  std::vector<Choice> settings;
  std::vector<Scenario> scenarios;
  int seeds = 10;
  int tuning_seeds = 5;
  std::uint64_t first_seed = 0;
  int reference = 0;  ///< index of the baseline of all differences
  Score score;
  bool every_rate = false;  ///< run all candidates on the final seeds too
  std::string config;       ///< canonical text; `rhoam compare --config FILE` repeats the comparison
  std::string command;      ///< a shell command that repeats the comparison

  bool tunes(int scenario) const { return scenarios[scenario].candidates.size() > 1; }
  /// The training configuration of a trial. Throws UsageError for invalid options.
  training::TrainingConfig config_of(const Trial& trial) const;
  /// Folder of a trial, relative to the comparison's directory.
  std::filesystem::path folder(const Trial& trial) const;
  /// Seed `index` of a stage; tuning and final seeds differ.
  std::uint64_t seed(Stage stage, int index) const;
};

/// The configuration with these options, as a trial trains it; "algo" among them overrides `algorithm`.
/// Throws UsageError for invalid options.
training::TrainingConfig make_config(const std::string& env, const std::string& algorithm,
                                     std::span<const core::GivenOption> given, std::uint64_t seed);

/// Adds options; each replaces an earlier one of the same name.
void put(std::vector<core::GivenOption>& options, std::span<const core::GivenOption> more);

/// The same for a setting's options, where a parameter replaces only that parameter.
void assign(std::vector<core::GivenOption>& options, const Assignments& assignments);

}  // namespace rhoam::compare
