#include "apps/compare/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <variant>

#include "apps/compare/quantity.h"
#include "apps/compare/setting_names.h"

namespace rhoam::compare {
namespace {

using Settings = std::vector<SettingVerdict>;
using Entry = std::variant<Estimate, std::string>;  ///< a text where there is no estimate

/// Adds columns to a table of one row for each setting.
class Builder {
 public:
  Builder(Table& table, const Settings& settings) : table_(table), settings_(settings) {
    table_.rows.resize(settings.size());
  }

  void texts(Column column, const std::function<std::string(const SettingVerdict&)>& text) {
    std::vector<std::string> column_texts;
    for (const auto& setting : settings_) column_texts.push_back(text(setting));
    if (std::ranges::all_of(column_texts, [](const auto& each) { return each.empty() || each == "–"; }))
      return;
    table_.columns.push_back(std::move(column));
    for (std::size_t i = 0; i < column_texts.size(); ++i)
      table_.rows[i].push_back({std::move(column_texts[i])});
  }

  /// Estimates with as many decimals as their intervals deserve.
  void estimates(Column column, const std::function<Entry(const SettingVerdict&)>& entry) {
    std::vector<Entry> entries;
    std::vector<Estimate> present;
    for (const auto& setting : settings_) {
      entries.push_back(entry(setting));
      if (const auto* estimate = std::get_if<Estimate>(&entries.back())) present.push_back(*estimate);
    }
    const int decimals = decimals_for(present);
    auto next = entries.begin();
    texts(std::move(column), [&](const SettingVerdict&) {
      const Entry& each = *next++;
      const auto* estimate = std::get_if<Estimate>(&each);
      return estimate ? estimate_text(*estimate, decimals) : std::get<std::string>(each);
    });
  }

  void estimates(Column column, Estimate SettingVerdict::*member) {
    estimates(std::move(column), [member](const SettingVerdict& setting) { return setting.*member; });
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
              [&](const SettingVerdict&) { return *next++; });
}

Entry score_of(const SettingVerdict& setting) {
  if (all_diverged(setting)) return "diverged";
  return setting.score;
}

/// An interval of no width is a matter of few seeds, not of certainty.
Entry improvement_of(const SettingVerdict& setting) {
  if (!setting.difference) return "";
  Estimate improvement = setting.difference->improvement;
  if (improvement.interval.low == improvement.interval.high)
    improvement.interval.low = improvement.interval.high = kMissing;
  return improvement;
}

void add_differences(Builder& build, const Settings& settings) {
  const auto compared = [](const SettingVerdict& setting) { return setting.difference.has_value(); };
  if (std::ranges::none_of(settings, compared)) return;
  const auto reference = std::ranges::find(settings, false, compared);
  const bool against_none = reference != settings.end() && all_diverged(*reference);
  build.estimates({.header = "difference [95%]"}, [&](const SettingVerdict& setting) -> Entry {
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
  build.texts({.header = "p (Holm)", .rank = 2}, [](const SettingVerdict& setting) {
    return setting.difference ? p_text(setting.difference->p_adjusted) : std::string();
  });
  build.estimates({.header = "P(better)", .rank = 5}, improvement_of);
}

void add_memories(Builder& build, const Settings& settings) {
  const auto differs = [](const SettingVerdict& setting) {
    return std::isfinite(setting.critic_memory) &&
           rounded_text(setting.critic_memory) != rounded_text(setting.memory);
  };
  const bool any = std::ranges::any_of(settings, differs);
  build.texts({.header = any ? "memory / critic's" : "memory", .rank = 4}, [&](const auto& setting) {
    const auto actor = rounded_text(setting.memory);
    return differs(setting) ? fmt::format("{} / {}", actor, rounded_text(setting.critic_memory)) : actor;
  });
}

}  // namespace

Table make_table(const ScenarioVerdict& verdict, const std::string& score) {
  Table table;
  const auto& settings = verdict.settings;
  Builder build(table, settings);
  add_names(build, settings);
  build.each([&](TableCell& cell, std::size_t i) {
    cell.strong = i == static_cast<std::size_t>(verdict.best) && !all_diverged(settings[i]);
  });
  build.texts({.header = "n", .rank = 3}, [](const auto& setting) { return std::to_string(setting.n); });
  build.texts({.header = "diverged"}, [](const auto& setting) {
    return setting.diverged == 0 ? std::string() : std::to_string(setting.diverged);
  });
  build.estimates({score + " [95%]"}, score_of);
  add_differences(build, settings);
  add_memories(build, settings);
  build.texts({.header = "tuned", .number = false, .rank = 1},
              [](const auto& setting) { return to_string(setting.tuned); });
  return table;
}

Table make_change_table(const ScenarioVerdict& verdict) {
  Table table;
  Builder build(table, verdict.settings);
  add_names(build, verdict.settings);
  build.estimates({"recovery, steps"}, &SettingVerdict::recovery);
  build.estimates({"not recovered"}, &SettingVerdict::unrecovered);
  build.estimates({"lost, ×1000 steps"}, &SettingVerdict::lost);
  build.estimates({"time below"}, &SettingVerdict::below_threshold);
  build.estimates({"oracle regret"}, &SettingVerdict::oracle_regret);
  if (table.columns.size() < 2) table.rows.clear();
  return table;
}

}  // namespace rhoam::compare
