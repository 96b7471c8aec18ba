// result.json of a trial of a comparison, beside a table, and the lines of `rhoam train --json`: refused, or
// read.
#include "rhoam/compare/trial.h"
#include "rhoam/compare/training_table.h"
#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {

void check(const std::string& input) {
  static const auto folder = [] {
    write(scratch() / "metrics.csv", "time/total_timesteps\n1\n");
    return scratch();
  }();
  write(folder / "result.json", input);
  succeeds<core::CorruptError>([&] {
    const auto result = compare::read_result(folder, 7);
    demand(result.seed == 7 && result.steps >= 0 && result.updates >= 0 && result.episodes >= 0,
           "a result counts below 0");
  });
  succeeds<core::UsageError>([&] { compare::read_training_table(folder / "result.json"); });
}

}  // namespace rhoam::fuzz
