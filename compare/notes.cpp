#include "rhoam/compare/notes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <map>
#include <set>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/tables.h"
#include "rhoam/core/number_format.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
namespace {

/// The numeric values, by option.
std::map<std::string, double> numbers_of(const Assignments& candidate) {
  std::map<std::string, double> numbers;
  for (const auto& [option, value] : candidate)
    if (const auto number = core::parse_double(value)) numbers[option] = *number;
  return numbers;
}

/// The values tried of every option for one setting.
std::map<std::string, std::set<double>> grids_of(const Results& results, const std::string& scenario,
                                                 const std::string& setting) {
  std::map<std::string, std::set<double>> grids;
  for (const auto& row : results.tuning)
    if (row.scenario == scenario && row.setting == setting)
      for (const auto& [option, value] : numbers_of(row.candidate)) grids[option].insert(value);
  return grids;
}

/// An option and one end of its grid.
struct Edge {
  std::string option;
  bool largest;
  double value;
  auto operator<=>(const Edge&) const = default;
};

/// The settings for which each end of a grid was chosen.
std::map<Edge, std::vector<std::string>> chosen_edges(const Results& results,
                                                      const ScenarioResults& scenario) {
  std::map<Edge, std::vector<std::string>> edges;
  for (const auto& setting : scenario.settings) {
    const auto chosen = numbers_of(setting.tuned);
    for (const auto& [option, grid] : grids_of(results, scenario.name, setting.name)) {
      const auto own = chosen.find(option);
      if (grid.size() < 2 || own == chosen.end()) continue;
      for (const auto& edge : {Edge{option, false, *grid.begin()}, Edge{option, true, *grid.rbegin()}})
        if (own->second == edge.value) edges[edge].push_back(short_label(setting.name, setting.options));
    }
  }
  return edges;
}

}  // namespace

std::string grid_edge_note(const Results& results, const ScenarioResults& scenario) {
  std::vector<std::string> sentences;
  for (const auto& [edge, names] : chosen_edges(results, scenario)) {
    const auto who = names.size() == scenario.settings.size() ? "every setting" : listed(names);
    sentences.push_back(fmt::format("The {} chosen for {} is the {} tried, {}: widen --{}.", edge.option, who,
                                    edge.largest ? "largest" : "least", core::format_double(edge.value),
                                    edge.option == "lr" ? "lr" : "tune"));
  }
  return core::join(sentences, " ");
}

namespace {

const std::vector<SettingResults>& first_settings(const Results& results) {
  static const std::vector<SettingResults> kNone;
  return results.scenarios.empty() ? kNone : results.scenarios[0].settings;
}

bool has_drift(const Results& results) {
  return std::ranges::any_of(results.scenarios, [](const auto& each) { return !each.drifts.empty(); });
}

/// " 475", or those of all scenarios.
std::string thresholds_text(const Results& results) {
  std::vector<std::string> texts;
  for (const auto& scenario : results.scenarios) {
    if (!std::isfinite(scenario.threshold)) continue;
    const auto text = core::rounded_text(scenario.threshold);
    if (std::ranges::count(texts, text) == 0) texts.push_back(text);
  }
  return texts.empty() ? "" : " " + core::join(texts);
}

constexpr const char* kRecoveryNote =
    "recovery: environment steps from a change until 90% of what the return lost is made good. Each "
    "setting is measured against its own level before the change, so one that learned little has little "
    "to lose: read it beside the score. A change that is not recovered counts until the next; not "
    "recovered: their share. lost: return below that level, times 1000 environment steps. Where the world "
    "changes within 4 iterations, recovery is too short to measure and left out.";

}  // namespace

std::string extent_note(const Results& results) {
  const auto& settings = first_settings(results);
  return fmt::format("{}, {}, {}. Score: time-averaged {}, {} is better.",
                     core::counted(settings.empty() ? 0 : settings[0].trials.size(), "seed"),
                     core::counted(settings.size(), "setting"),
                     core::counted(results.scenarios.size(), "scenario"), results.score.name,
                     results.score.higher_is_better ? "higher" : "lower");
}

std::string caution_note(const Results& results) {
  const auto& settings = first_settings(results);
  const std::size_t enough = 5, seeds = settings.empty() ? 0 : settings[0].trials.size();
  std::string note = results.tuning_seeds == 0
                         ? "Nothing was tuned: every setting ran with the options shown."
                         : fmt::format(
                               "The tuned options of each setting were chosen on {} that the comparison "
                               "does not use.",
                               core::counted(static_cast<std::size_t>(results.tuning_seeds), "seed"));
  if (results.versions.size() > 1)
    note += fmt::format(" The trainings were made by different programs or processors: {}.",
                        core::join(results.versions, "; "));
  if (seeds < enough)
    note +=
        " Intervals from fewer than 5 seeds under-cover: with 3 seeds, about 75% of them contain the true "
        "value.";
  return note;
}

std::string reference_name(const Results& results) {
  const auto& settings = first_settings(results);
  const auto reference = static_cast<std::size_t>(results.reference);
  return reference < settings.size() ? label(settings[reference].name, settings[reference].options)
                                     : std::string();
}

std::vector<std::string> method_notes(const Results& results) {
  const std::string reference = reference_name(results);
  std::vector<std::string> notes{
      "n: seeds. Scores are interquartile means (IQM) over seeds; brackets hold 95% bootstrap intervals "
      "(Agarwal et al. 2021). A run that diverged counts as the worst score of its scenario.",
      fmt::format(
          "difference: IQM of the paired differences, the setting minus {} on the same seeds. It is "
          "not the difference of two IQMs, which would leave out other seeds. p: Wilcoxon's signed "
          "ranks of the paired differences, two-sided, after Holm's correction for the number of "
          "settings. * {}. Statistically tied with the best: no significant difference, to {} or to the best "
          "setting, shows the setting to be worse.",
          reference, kStar, reference),
      fmt::format("P(better): probability that a run of the setting is better than a run of {} on another "
                  "seed; it compares unpaired seeds. Without an interval: every run of one was better than "
                  "every run of the other; n seeds then show at least 0.05^(1/n), with 10 seeds 0.74.",
                  reference),
      "memory: effective memory of the actor's v in updates, geometric mean over time and seeds; after a "
      "slash that of the critic's, where it is another. tuned: the options chosen for the setting."};
  if (has_drift(results)) notes.push_back(kRecoveryNote);
  notes.push_back(
      fmt::format("time below: share of the time with a return below the threshold{}. oracle "
                  "regret: return lost against agents trained in each regime alone.",
                  thresholds_text(results)));
  if (results.scenarios.size() > 1)
    notes.push_back(fmt::format(
        "{}: in each scenario, 1 is the IQM of the best setting and 0 that of the worst.", kNormalisedScore));
  return notes;
}

std::string sign_note(const ScenarioAnalysis& analysis, int reference) {
  const auto& settings = analysis.settings;
  const auto& base = settings[static_cast<std::size_t>(reference)];
  if (std::ranges::none_of(settings, [&](const auto& each) { return signs_disagree(each, base); })) return "";
  return fmt::format(
      "{} The difference and the scores point in opposite directions: the difference pairs runs of the "
      "same seed, and each IQM leaves out its own highest and lowest quarter.",
      kSignMark);
}

}  // namespace rhoam::compare
