#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/compare/grid.h"
#include "rhoam/core/missing.h"

namespace rhoam::compare {

/// Value of what a trial did not measure.
using core::kMissing;

/// Fewer seeds have no interval.
inline constexpr int kFewestSeeds = 3;

/// A memory that theory names, for the plot of score over memory.
struct TheoryMark {
  std::string name;  ///< "match", "match:optimal"
  double memory;     ///< updates
};

/// Result of one trial: one setting, one seed, in one scenario.
struct TrialResult {
  std::uint64_t seed = 0;
  std::string version;                ///< rhoam's, with its commit, compiler and CPU
  double score = kMissing;            ///< what is compared: Results::score; missing where the run diverged
  double return_mean = kMissing;      ///< of the rows' last finished episodes, averaged over time
  double settled = kMissing;          ///< the same over the second half only
  double regret = kMissing;           ///< as the environment defines it, averaged over time
  double oracle_regret = kMissing;    ///< return lost against agents that were trained in each regime alone
  double recovery = kMissing;         ///< Recovery::steps: environment steps, mean over changes
  double unrecovered = kMissing;      ///< Recovery::unrecovered: share of the changes, 0 … 1
  double lost = kMissing;             ///< Recovery::lost: score × 1,000 environment steps, mean over changes
  double below_threshold = kMissing;  ///< share of the time, 0 … 1
  double memory = kMissing;           ///< of the actor's v, updates: geometric mean over time
  double critic_memory = kMissing;
  std::int64_t steps = 0, updates = 0, episodes = 0;
  double learning_rate = kMissing;     ///< where it is constant and the same for both networks
  std::vector<TheoryMark> marks = {};  ///< the scenario's
};

/// One quantity over time, for every seed.
struct Series {
  std::vector<double> x;
  std::vector<std::vector<double>> seeds;  ///< each [x]; NaN before the first value
};

/// One setting in one scenario.
struct SettingResults {
  std::string name;     ///< "0.99", "match", "optimizer=adam, rho=0.9"
  Assignments options;  ///< what defines it: {rho, 0.99}
  Assignments tuned;    ///< chosen values of the tuned options, such as {lr, 0.01}; empty: none was tuned
  int chosen = 0;       ///< number of the candidate of these options
  std::vector<TrialResult> trials;  ///< by seed, the same seeds in the same order for every setting
  Series score;                     ///< over environment steps
  Series score_around, memory_around, root_v_around;  ///< mean over changes, over steps since the change
};

/// One task in which every setting was run.
struct ScenarioResults {
  std::string name;
  std::string env, algorithm;
  std::vector<std::string> drifts;  ///< as typed
  std::vector<double> changes;      ///< environment steps of the change points of the first seed
  std::vector<TheoryMark> marks;
  double threshold = kMissing;  ///< return for TrialResult::below_threshold
  std::vector<SettingResults> settings;
};

/// What is compared, and which direction is better.
struct Score {
  std::string name;  ///< "return" or "regret", as in "time-averaged return"
  bool higher_is_better = true;
};

/// Purpose of a trial: to choose among the candidates, to compare, or to learn the achievable return in each
/// regime (the reference's setting with every candidate, on the tuning seeds).
enum class Stage { tuning, final, oracle };

/// "tuning", "final" or "oracle".
const char* name(Stage stage);

/// One row of tuning.csv: the score of one candidate for one setting on one seed.
struct TuningRow {
  std::string scenario, setting;  ///< names
  int number;                     ///< of the candidate
  Assignments candidate;          ///< its options; a factor of the rate is the resulting rate
  std::uint64_t seed;
  Stage stage;  ///< tuning, or final where all candidates also ran on the final seeds
  double score;
};

/// All results of a comparison.
struct Results {
  std::string name;                   ///< of the suite; empty without one
  std::string question;               ///< in words
  std::string command;                ///< that repeats the comparison
  std::string config;                 ///< the whole comparison.ini
  std::vector<std::string> versions;  ///< distinct TrialResult::version of all trials
  Score score;
  int reference = 0;                       ///< index of the baseline of all differences
  int tuning_seeds = 0;                    ///< 0: no rate was tuned
  std::vector<ScenarioResults> scenarios;  ///< all with the same settings in the same order
  std::vector<TuningRow> tuning;
};

/// A number of TrialResult under its name in result.json and results.csv.
template <class Value>
struct ResultField {
  const char* name;
  Value TrialResult::*value;
};

inline constexpr ResultField<double> kResultNumbers[] = {
    {"score", &TrialResult::score},
    {"return_mean", &TrialResult::return_mean},
    {"settled", &TrialResult::settled},
    {"regret", &TrialResult::regret},
    {"oracle_regret", &TrialResult::oracle_regret},
    {"recovery", &TrialResult::recovery},
    {"unrecovered", &TrialResult::unrecovered},
    {"lost", &TrialResult::lost},
    {"below_threshold", &TrialResult::below_threshold},
    {"memory", &TrialResult::memory},
    {"critic_memory", &TrialResult::critic_memory},
};

inline constexpr ResultField<std::int64_t> kResultCounts[] = {{"env_steps", &TrialResult::steps},
                                                              {"updates", &TrialResult::updates},
                                                              {"episodes", &TrialResult::episodes}};

}  // namespace rhoam::compare
