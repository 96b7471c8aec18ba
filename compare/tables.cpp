#include "rhoam/compare/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>
#include <variant>

#include "rhoam/compare/grid.h"
#include "rhoam/compare/trial_store.h"
#include "rhoam/compare/tuning.h"
#include "rhoam/core/number_format.h"

namespace rhoam::compare {
namespace {

using Settings = std::vector<SettingAnalysis>;
using Entry = std::variant<Estimate, std::string>;  ///< a text where there is no estimate

/// Adds columns to a table with one row per setting.
class Builder {
 public:
  Builder(Table& table, const Settings& settings) : table_(table), settings_(settings) {
    table_.rows.resize(settings.size());
  }

  void texts(Column column, const std::function<std::string(const SettingAnalysis&)>& text) {
    std::vector<std::string> column_texts;
    for (const auto& setting : settings_) column_texts.push_back(text(setting));
    if (std::ranges::all_of(column_texts, [](const auto& each) { return each.empty() || each == "–"; }))
      return;
    table_.columns.push_back(std::move(column));
    for (std::size_t i = 0; i < column_texts.size(); ++i)
      table_.rows[i].push_back({std::move(column_texts[i])});
  }

  /// Estimates with as many decimals as their intervals justify.
  void estimates(Column column, const std::function<Entry(const SettingAnalysis&)>& entry) {
    std::vector<Entry> entries;
    std::vector<Estimate> present;
    for (const auto& setting : settings_) {
      entries.push_back(entry(setting));
      if (const auto* estimate = std::get_if<Estimate>(&entries.back())) present.push_back(*estimate);
    }
    const int decimals = core::decimals_for(present);
    auto next = entries.begin();
    texts(std::move(column), [&](const SettingAnalysis&) {
      const Entry& each = *next++;
      const auto* estimate = std::get_if<Estimate>(&each);
      return estimate ? core::estimate_text(*estimate, decimals) : std::get<std::string>(each);
    });
  }

  void estimates(Column column, Estimate SettingAnalysis::*member) {
    estimates(std::move(column), [member](const SettingAnalysis& setting) { return setting.*member; });
  }

  /// Changes the last column's cells; `change(cell, setting)`.
  template <class Change>
  void each(Change&& change) {
    for (std::size_t i = 0; i < table_.rows.size(); ++i)
      if (!table_.rows[i].empty()) change(table_.rows[i].back(), i);
  }

 private:
  Table& table_;
  const Settings& settings_;
};

void add_names(Builder& build, const Settings& settings) {
  const auto [head, texts] = shortened(settings);
  auto next = texts.begin();
  build.texts({.header = head.empty() ? "setting" : head, .number = false},
              [&](const SettingAnalysis&) { return *next++; });
}

Entry score_entry(const SettingAnalysis& setting) {
  if (all_diverged(setting)) return "diverged";
  return setting.score;
}

/// An interval of zero width shows too few seeds, not certainty.
Entry improvement_of(const SettingAnalysis& setting) {
  if (!setting.difference) return "";
  Estimate improvement = setting.difference->improvement;
  if (improvement.interval.low == improvement.interval.high)
    improvement.interval.low = improvement.interval.high = kMissing;
  return improvement;
}

void add_differences(Builder& build, const Settings& settings) {
  const auto compared = [](const SettingAnalysis& setting) { return setting.difference.has_value(); };
  if (std::ranges::none_of(settings, compared)) return;
  const auto reference = std::ranges::find(settings, false, compared);
  const bool against_none = reference != settings.end() && all_diverged(*reference);
  build.estimates({.header = "difference [95%]"}, [&](const SettingAnalysis& setting) -> Entry {
    if (!setting.difference) return "reference";
    if (all_diverged(setting))
      return against_none || !significant(*setting.difference) ? "–" : "worse than any";
    if (against_none) return "reference diverged";
    return setting.difference->iqm;
  });
  build.each([&](TableCell& cell, std::size_t i) {
    cell.strong = settings[i].difference && significant(*settings[i].difference);
    const bool disagree = reference != settings.end() && signs_disagree(settings[i], *reference);
    cell.mark = std::string(cell.strong ? kSignificantMark : "") + (disagree ? kSignMark : "");
  });
  build.texts({.header = "p (Holm)", .rank = 2}, [](const SettingAnalysis& setting) {
    return setting.difference ? core::p_text(setting.difference->p_adjusted) : std::string();
  });
  build.estimates({.header = "P(better)", .rank = 5}, improvement_of);
}

void add_memories(Builder& build, const Settings& settings) {
  const auto differs = [](const SettingAnalysis& setting) {
    return std::isfinite(setting.critic_memory) &&
           core::rounded_text(setting.critic_memory) != core::rounded_text(setting.memory);
  };
  const bool any = std::ranges::any_of(settings, differs);
  build.texts({.header = any ? "memory / critic's" : "memory", .rank = 4}, [&](const auto& setting) {
    const auto actor = core::rounded_text(setting.memory);
    return differs(setting) ? fmt::format("{} / {}", actor, core::rounded_text(setting.critic_memory))
                            : actor;
  });
}

}  // namespace

Table make_table(const ScenarioAnalysis& analysis, const std::string& score) {
  Table table;
  const auto& settings = analysis.settings;
  Builder build(table, settings);
  add_names(build, settings);
  build.each([&](TableCell& cell, std::size_t i) {
    cell.strong = i == static_cast<std::size_t>(analysis.best) && !all_diverged(settings[i]);
  });
  build.texts({.header = "n", .rank = 3}, [](const auto& setting) { return std::to_string(setting.n); });
  build.texts({.header = "diverged"}, [](const auto& setting) {
    return setting.diverged == 0 ? std::string() : std::to_string(setting.diverged);
  });
  build.estimates({score + " [95%]"}, score_entry);
  add_differences(build, settings);
  add_memories(build, settings);
  build.texts({.header = "tuned", .number = false, .rank = 1},
              [](const auto& setting) { return to_string(setting.tuned); });
  return table;
}

Table make_change_table(const ScenarioAnalysis& analysis) {
  Table table;
  Builder build(table, analysis.settings);
  add_names(build, analysis.settings);
  build.estimates({"recovery, steps"}, &SettingAnalysis::recovery);
  build.estimates({"not recovered"}, &SettingAnalysis::unrecovered);
  build.estimates({"lost, ×1000 steps"}, &SettingAnalysis::lost);
  build.estimates({"time below"}, &SettingAnalysis::below_threshold);
  build.estimates({"oracle regret"}, &SettingAnalysis::oracle_regret);
  if (table.columns.size() < 2) table.rows.clear();
  return table;
}

namespace {

/// The scores of each candidate [candidate][seed], for one setting and stage of a scenario; empty where the
/// setting was not run.
std::vector<std::vector<double>> candidate_scores(const Results& results, const std::string& scenario,
                                                  const std::string& setting, Stage stage,
                                                  std::size_t count) {
  std::vector<std::vector<double>> scores;
  for (const auto& row : results.tuning) {
    if (row.scenario != scenario || row.setting != setting || row.stage != stage) continue;
    scores.resize(count);
    scores[static_cast<std::size_t>(row.number)].push_back(row.score);
  }
  return scores;
}

std::string iqm_text(std::span<const double> scores) {
  if (scores.empty()) return "–";
  const double iqm = candidate_iqm(scores);
  return std::isnan(iqm) ? "diverged" : core::rounded_text(iqm);
}

/// The options of all candidates, by number.
std::vector<Assignments> candidates_of(const Results& results, const std::string& scenario) {
  std::vector<Assignments> candidates;
  for (const auto& row : results.tuning) {
    if (row.scenario != scenario) continue;
    const auto number = static_cast<std::size_t>(row.number);
    if (candidates.size() <= number) candidates.resize(number + 1);
    candidates[number] = row.candidate;
  }
  return candidates;
}

bool has_final(const Results& results, const std::string& scenario) {
  return std::ranges::any_of(results.tuning, [&](const TuningRow& row) {
    return row.scenario == scenario && row.stage == Stage::final;
  });
}

}  // namespace

Table make_tuning_table(const Results& results, const ScenarioResults& scenario) {
  const bool higher = results.score.higher_is_better, with_final = has_final(results, scenario.name);
  const auto names = candidates_of(results, scenario.name);
  const auto [head, settings] = shortened(scenario.settings);
  Table table{.columns = {{head.empty() ? "setting" : head, false}, {"chosen", false}}, .rows = {}};
  for (const auto& name : names) table.columns.push_back({to_string(name)});
  if (with_final) table.columns.push_back({"best on the final seeds", false});
  for (std::size_t index = 0; index < settings.size(); ++index) {
    const auto& setting = scenario.settings[index];
    const auto scores = [&](Stage stage) {
      return candidate_scores(results, scenario.name, setting.name, stage, names.size());
    };
    const auto tuned = scores(Stage::tuning);
    if (tuned.empty()) continue;
    std::vector<TableCell> row{{settings[index]}, {to_string(setting.tuned)}};
    for (std::size_t i = 0; i < names.size(); ++i)
      row.push_back({iqm_text(tuned[i]), std::cmp_equal(i, setting.chosen)});
    const auto final_scores = scores(Stage::final);
    if (with_final)
      row.push_back({final_scores.empty() ? "–" : to_string(names[best_candidate(final_scores, higher)])});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace rhoam::compare
