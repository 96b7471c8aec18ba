#pragma once
#include "apps/compare/evidence.h"

namespace rhoam::compare {

/// A number of CellResult under its name in result.json and results.csv.
template <class Value>
struct ResultField {
  const char* name;
  Value CellResult::*value;
};

inline constexpr ResultField<double> kResultNumbers[] = {
    {"score", &CellResult::score},
    {"return_mean", &CellResult::return_mean},
    {"settled", &CellResult::settled},
    {"regret", &CellResult::regret},
    {"oracle_regret", &CellResult::oracle_regret},
    {"recovery", &CellResult::recovery},
    {"unrecovered", &CellResult::unrecovered},
    {"lost", &CellResult::lost},
    {"below_threshold", &CellResult::below_threshold},
    {"memory", &CellResult::memory},
    {"critic_memory", &CellResult::critic_memory},
};

inline constexpr ResultField<std::int64_t> kResultCounts[] = {{"env_steps", &CellResult::steps},
                                                              {"updates", &CellResult::updates},
                                                              {"episodes", &CellResult::episodes}};

}  // namespace rhoam::compare
