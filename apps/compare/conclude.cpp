#include "apps/compare/conclude.h"

#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "apps/compare/gather.h"
#include "apps/compare/report.h"
#include "core/file.h"
#include "core/terminal.h"

namespace rhoam::compare {
namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const Estimate& estimate) {
  return {{"iqm", estimate.value}, {"low", estimate.interval.low}, {"high", estimate.interval.high}};
}

Json options_json(const Assignments& options) {
  Json json = Json::object();
  for (const auto& [option, value] : options) json[option] = value;
  return json;
}

Json setting_json(const SettingVerdict& setting) {
  Json json{{"setting", setting.name},           {"options", options_json(setting.options)},
            {"tuned", to_string(setting.tuned)}, {"n", setting.n},
            {"memory", setting.memory},          {"score", interval_json(setting.score)}};
  if (setting.difference) {
    json["difference"] = interval_json(setting.difference->iqm);
    json["p_holm"] = setting.difference->p_adjusted;
    json["significant"] = significant(*setting.difference);
  }
  return json;
}

/// Names of the settings tied with the best; null where there is no telling.
Json ties_json(const ScenarioVerdict& scenario) {
  if (!scenario.ties) return nullptr;
  Json names = Json::array();
  for (const int tied : *scenario.ties) names.push_back(scenario.settings[tied].name);
  return names;
}

Json scenario_json(const ScenarioVerdict& scenario) {
  Json settings = Json::array();
  for (const auto& setting : scenario.settings) settings.push_back(setting_json(setting));
  return {{"scenario", scenario.name},
          {"headline", scenario.headline},
          {"choice", scenario.choice},
          {"best", scenario.settings[scenario.best].name},
          {"tied_with_best", ties_json(scenario)},
          {"settings", settings}};
}

}  // namespace

std::string summary(const Evidence& evidence, const Verdict& verdict,
                    const std::filesystem::path& directory) {
  Json scenarios = Json::array();
  for (const auto& scenario : verdict.scenarios) scenarios.push_back(scenario_json(scenario));
  return apps::to_text(Json{{"comparison", directory.string()},
                            {"report", (directory / "report.html").string()},
                            {"score", evidence.score.name},
                            {"reference", evidence.scenarios[0].settings[evidence.reference].name},
                            {"headline", verdict.headline},
                            {"choice", verdict.choice},
                            {"scenarios", scenarios}});
}

int conclude(const Comparison& comparison, Ledger& ledger, const apps::Networks& networks, bool quiet,
             bool json) {
  const auto& directory = ledger.directory();
  const auto lock = core::wait_for_folder(directory);  // another share may end at the same time
  const Evidence evidence = gather(comparison, ledger, networks);
  const Verdict verdict = judge(evidence);
  core::write_file_atomically(directory / "results.csv", results_csv(evidence));
  core::write_file_atomically(directory / "tuning.csv", tuning_csv(evidence));
  write_report(directory, evidence, verdict);
  std::FILE* out = json ? stderr : stdout;
  if (!quiet)
    fmt::print(out, "{}\n{}\n{}{}report: {}\n", to_table(evidence, verdict, core::columns_of(out, 100)),
               verdict.headline, verdict.choice, verdict.choice.empty() ? "" : "\n",
               (directory / "report.html").string());
  if (json) fmt::print("{}\n", summary(evidence, verdict, directory));
  return 0;
}

}  // namespace rhoam::compare
