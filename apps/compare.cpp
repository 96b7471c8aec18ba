#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>

#include "rhoam/apps/verbs.h"
#include "rhoam/compare/plan.h"
#include "rhoam/compare/report.h"
#include "rhoam/compare/runner.h"
#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/number_format.h"
#include "rhoam/core/processors.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/terminal.h"
#include "rhoam/training/unused_options.h"

namespace rhoam::apps {
namespace {

using namespace rhoam::compare;

/// The same arguments give the same directory, so that repeating the command resumes it.
std::filesystem::path directory_of(const Plan& asked) {
  if (!asked.request.out.empty()) return asked.request.out;
  const Comparison& comparison = asked.comparison;
  return std::filesystem::path("comparisons") /
         fmt::format("{}-{:08x}",
                     safe_name(comparison.name.empty() ? comparison.scenarios[0].env : comparison.name),
                     core::crc32c(comparison.config));
}

int print_help() {
  CompareOptions request;
  core::Options options;
  request.describe(options);
  fmt::print(
      "Usage: rhoam compare ENV-ID --rho X,Y,... [options]\n       rhoam compare --suite NAME [options]\n\n"
      "Any option of 'rhoam train' may be given, too; every training then has it.\n\n{}",
      options.help());
  return 0;
}

void print_plan(const Comparison& comparison, const TrialStore& store, bool json) {
  const auto tuning = std::ranges::count(store.trials(), Stage::tuning, &Trial::stage);
  fmt::print(
      json ? stderr : stdout, "{}\n{} settings × {} seeds{}: {} trainings{} in {}\n", comparison.question,
      comparison.settings.size(), comparison.seeds,
      comparison.scenarios.size() > 1 ? fmt::format(" × {} scenarios", comparison.scenarios.size()) : "",
      store.trials().size(),
      tuning > 0 ? fmt::format(", {} of them on {} to choose what is tuned", tuning,
                               core::counted(static_cast<std::size_t>(comparison.tuning_seeds), "other seed"))
                 : "",
      store.directory().string());
  std::fflush(stdout);
}

/// Prints the values chosen for the user in any setting, each once.
void print_remarks(const Comparison& comparison, bool json) {
  std::set<std::string> remarks;
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
      remarks.insert(comparison.config_of({scenario, setting, 0, Stage::final, 0}).remark);
  for (const auto& remark : remarks)
    if (!remark.empty()) fmt::print(json ? stderr : stdout, "{}\n", remark);
  std::fflush(stdout);
}

/// Names the given options that no setting uses in any scenario.
std::string remark_on_unused(const Comparison& comparison) {
  std::vector<std::string> names;
  std::map<std::string, std::string> reasons;  // empty once a setting uses it
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting) {
      const Scenario& asked = comparison.scenarios[scenario];
      const training::TrainingConfig config = comparison.config_of({scenario, setting, 0, Stage::final, 0});
      auto options = asked.options;
      compare::assign(options, comparison.settings[setting].options);
      compare::assign(options, asked.candidates[0].options);
      for (const auto& [name, texts] : options) {
        const std::string why = config.plan->unused(name);
        const auto [known, fresh] = reasons.emplace(name, why);
        if (fresh) names.push_back(name);
        if (why.empty()) known->second.clear();
      }
    }
  return training::unused_remark(names, [&](const auto& name) { return reasons.at(name); });
}

}  // namespace

int run_compare(const Invocation& invocation) {
  if (peek(invocation.args).help) return print_help();
  const Plan asked = make_plan(invocation.args);
  const auto& [request, comparison] = asked;
  check(comparison, invocation.parts.networks);
  if (request.show) {
    fmt::print("{}", comparison.config);
    return 0;
  }
  if (!request.quiet) core::print_warning(remark_on_unused(comparison));
  const RunOptions options{.shard = find_shard(request.shard),
                           .threads = request.threads > 0 ? request.threads : core::usable_processors(),
                           .quiet = request.quiet,
                           .networks = invocation.parts.networks};
  TrialStore store(comparison, directory_of(asked));
  if (!store.locks())
    core::print_warning(
        fmt::format("'{}' has no locks here: run no other 'compare' in it but the shards of one, all "
                    "at the same time",
                    store.directory().string()));
  if (!request.quiet) print_plan(comparison, store, request.json);
  if (!request.quiet) print_remarks(comparison, request.json);
  const int signal = run_trials(comparison, store, options);
  const std::size_t missing = store.missing();
  if (signal != 0) {
    fmt::print(stderr, "rhoam: interrupted, {} of {} trainings to go; the same command continues\n", missing,
               store.trials().size());
    return 128 + signal;
  }
  if (missing == 0) return write_results(comparison, store, request.quiet, request.json);
  fmt::print(
      stderr,
      "rhoam: shard {}/{} finished; {} trainings of other shards remain. Afterwards run: rhoam report {}\n",
      options.shard.index, options.shard.count, missing, core::shell_path(store.directory()));
  return 0;
}

}  // namespace rhoam::apps
