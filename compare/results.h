#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "rhoam/compare/grid.h"
#include "rhoam/core/missing.h"

namespace rhoam::compare {

/// What a trial did not measure.
using core::kMissing;

/// Of fewer there is no interval.
inline constexpr int kFewestSeeds = 3;

/// A memory that theory names, for the plot of score over memory.
struct TheoryMark {
  std::string name;  ///< "match", "match:optimal"
  double memory;     ///< updates
};

/// Result of one trial: one setting, one seed, in one scenario.
struct TrialResult {
  std::uint64_t seed = 0;
  std::string version;                ///< of rhoam, with its commit, compiler and CPU
  double score = kMissing;            ///< what is compared: Results::score; missing where the run diverged
  double return_mean = kMissing;      ///< of the rows' last finished episodes, averaged over time
  double settled = kMissing;          ///< the same over the second half alone
  double regret = kMissing;           ///< the environment's own, averaged over time
  double oracle_regret = kMissing;    ///< return lost against agents that were trained in each regime alone
  double recovery = kMissing;         ///< Recovery::steps: environment steps, mean over changes
  double unrecovered = kMissing;      ///< Recovery::unrecovered: share of the changes, 0 … 1
  double lost = kMissing;             ///< Recovery::lost: score × 1,000 environment steps, mean over changes
  double below_threshold = kMissing;  ///< share of the time, 0 … 1
  double memory = kMissing;           ///< of the actor's v, updates: geometric mean over time
  double critic_memory = kMissing;
  std::int64_t steps = 0, updates = 0, episodes = 0;
  double learning_rate = kMissing;     ///< where it stands still and both networks have the same
  std::vector<TheoryMark> marks = {};  ///< of its scenario
};

/// One quantity over time, for every seed.
struct Series {
  std::vector<double> x;
  std::vector<std::vector<double>> seeds;  ///< each [x]; NaN where there is nothing yet
};

/// One setting in one scenario.
struct SettingResults {
  std::string name;     ///< "0.99", "match", "optimizer=adam, rho=0.9"
  Assignments options;  ///< what it is: {rho, 0.99}
  Assignments tuned;    ///< the tuned options as chosen, such as {lr, 0.01}; empty: none was tuned
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
  double threshold = kMissing;  ///< return that TrialResult::below_threshold speaks of
  std::vector<SettingResults> settings;
};

/// What was compared, and how large is better.
struct Score {
  std::string name;  ///< "return" or "regret", as in "time-averaged return"
  bool higher_is_better = true;
};

/// One row of tuning.csv: the score of one candidate for one setting on one seed.
struct TuningRow {
  std::string scenario, setting;  ///< names
  Assignments candidate;
  std::uint64_t seed;
  std::string stage;  ///< "tuning", or "final" where every candidate was also run on the final seeds
  double score;
};

/// Everything that the trials of a comparison left behind.
struct Results {
  std::string name;                   ///< of the suite; empty for one that was typed
  std::string question;               ///< in words
  std::string command;                ///< that repeats it
  std::string config;                 ///< the whole comparison.ini
  std::vector<std::string> versions;  ///< TrialResult::version of all trials, each once
  Score score;
  int reference = 0;                       ///< index of the setting that differences are taken to
  int tuning_seeds = 0;                    ///< 0: no rate was tuned
  std::vector<ScenarioResults> scenarios;  ///< all of the same settings in the same order
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
