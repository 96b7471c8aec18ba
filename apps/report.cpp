#include <fmt/core.h>

#include <filesystem>

#include "rhoam/apps/verbs.h"
#include "rhoam/compare/plan.h"
#include "rhoam/compare/report.h"
#include "rhoam/compare/training_table.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/shell.h"

namespace rhoam::apps {
namespace {

struct ReportOptions {
  bool quiet = false, json = false, help = false;

  void describe(core::Options& options) {
    options.flag("quiet", quiet, "print nothing but errors and what --json asks for");
    options.flag("json", json, "sum up the result as one JSON object on the last line");
    options.flag("help", help, "show this text");
  }
};

std::filesystem::path config_of(const std::filesystem::path& directory) {
  const auto config = directory / "comparison.ini";
  if (std::filesystem::exists(config)) return config;
  throw core::UsageError(
      fmt::format("there is no comparison at '{}': no comparison.ini in it", directory.string()));
}

}  // namespace

int run_report(const Invocation& invocation) {
  ReportOptions chosen;
  core::Options options;
  chosen.describe(options);
  options.parse(invocation.args, 1);
  options.apply();
  if (chosen.help) {
    fmt::print(
        "Usage: rhoam report DIR [options]\n       rhoam report FILE [options]\n\nDIR holds a comparison. "
        "FILE "
        "holds lines of 'rhoam train --json', one for each seed: they become a table of one row.\n\n{}",
        options.help());
    return 0;
  }
  if (options.positional().empty())
    throw core::UsageError(
        "report needs the directory of a comparison, which 'rhoam compare' names, or a file");
  const std::filesystem::path directory = options.positional()[0];
  if (std::filesystem::exists(directory) && !std::filesystem::is_directory(directory)) {
    const auto table = compare::read_training_table(directory);
    if (!chosen.quiet && !chosen.json) fmt::print("{}", table.markdown);
    if (chosen.json) fmt::print("{}\n", table.json);
    return 0;
  }
  const auto asked = compare::make_plan({"--config", config_of(directory).string()});
  compare::TrialStore store(asked.comparison, directory);
  const std::size_t missing = store.missing();
  if (missing > 0)
    throw core::UsageError(
        fmt::format("{} of {} trainings of '{}' are not done; to go on: rhoam compare --config {} --out {}",
                    missing, store.trials().size(), directory.string(),
                    core::shell_path(config_of(directory)), core::shell_path(directory)));
  return compare::write_results(asked.comparison, store, chosen.quiet, chosen.json);
}

}  // namespace rhoam::apps
