#include "rhoam/compare/report.h"

#include <fmt/core.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <stdexcept>

#include "rhoam/compare/collect.h"
#include "rhoam/compare/notes.h"
#include "rhoam/compare/report_html.h"
#include "rhoam/compare/report_markdown.h"
#include "rhoam/compare/tables.h"
#include "rhoam/core/file.h"
#include "rhoam/core/json.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/terminal.h"

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

Json setting_json(const SettingAnalysis& setting) {
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

/// Names of the settings tied with the best; null where ScenarioAnalysis::ties is.
Json ties_json(const ScenarioAnalysis& scenario) {
  if (!scenario.ties) return nullptr;
  Json names = Json::array();
  for (const int tied : *scenario.ties) names.push_back(scenario.settings[tied].name);
  return names;
}

Json scenario_json(const ScenarioAnalysis& scenario) {
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

std::string summary(const Results& results, const Analysis& analysis,
                    const std::filesystem::path& directory) {
  Json scenarios = Json::array();
  for (const auto& scenario : analysis.scenarios) scenarios.push_back(scenario_json(scenario));
  return core::to_text(Json{{"comparison", directory.string()},
                            {"report", (directory / "report.html").string()},
                            {"score", results.score.name},
                            {"reference", results.scenarios[0].settings[results.reference].name},
                            {"headline", analysis.headline},
                            {"choice", analysis.choice},
                            {"scenarios", scenarios}});
}

int write_results(const Comparison& comparison, TrialStore& store, bool quiet, bool json) {
  const auto& directory = store.directory();
  const auto lock = core::wait_for_folder(directory);  // another shard may finish at the same time
  const Results results = collect(comparison, store);
  const Analysis analysis = analyse(results);
  core::write_file_atomically(directory / "results.csv", results_csv(results));
  core::write_file_atomically(directory / "tuning.csv", tuning_csv(results));
  write_report(directory, results, analysis);
  std::FILE* out = json ? stderr : stdout;
  if (!quiet)
    fmt::print(out, "{}\n{}\n{}{}report: {}\n", to_table(results, analysis, core::columns_of(out, 100)),
               analysis.headline, analysis.choice, analysis.choice.empty() ? "" : "\n",
               (directory / "report.html").string());
  if (json) fmt::print("{}\n", summary(results, analysis, directory));
  return 0;
}

namespace {

void check_that_they_belong_together(const Results& results, const Analysis& analysis) {
  bool same = results.scenarios.size() == analysis.scenarios.size();
  for (std::size_t i = 0; same && i < results.scenarios.size(); ++i)
    same = results.scenarios[i].settings.size() == analysis.scenarios[i].settings.size();
  if (!same) throw std::invalid_argument("the analysis is not of these results");
}

}  // namespace

std::string to_table(const Results& results, const Analysis& analysis, int width) {
  const bool several = analysis.scenarios.size() > 1;
  const auto noted = [&](const std::string& note) { return note.empty() ? "" : wrapped(note, width) + "\n"; };
  std::string text;
  for (std::size_t i = 0; i < analysis.scenarios.size(); ++i) {
    const auto& scenario = analysis.scenarios[i];
    if (several)
      text +=
          wrapped(fmt::format("{}: {}. {}", scenario.name, scenario.headline, scenario.choice), width) + "\n";
    text += to_text(make_table(scenario, results.score.name), width) + "\n" +
            noted(sign_note(scenario, results.reference));
    text += noted(grid_edge_note(results, results.scenarios[i]));
  }
  if (analysis.overall)
    text += "all scenarios:\n\n" + to_text(make_table(*analysis.overall, kNormalisedScore), width) + "\n" +
            noted(sign_note(*analysis.overall, results.reference));
  return text + wrapped(fmt::format("Differences to {}; * {}. {}", reference_name(results), kStar,
                                    caution_note(results)),
                        width);
}

void write_report(const std::filesystem::path& directory, const Results& results, const Analysis& analysis) {
  check_that_they_belong_together(results, analysis);
  const auto figures = make_charts(results, analysis);
  const auto pictures = make_pictures(analysis, figures);
  for (const auto& picture : pictures) core::write_file_atomically(directory / picture.file, picture.svg);
  core::write_file_atomically(directory / "report.md", to_markdown(results, analysis, pictures));
  core::write_file_atomically(directory / "report.html", to_html(results, analysis, figures));
}

}  // namespace rhoam::compare
