#include "apps/compare/table.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "apps/compare/quantity.h"
#include "core/statistics.h"

namespace rhoam::compare {
namespace {

using Settings = std::vector<SettingVerdict>;

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

  /// Estimates with as many decimals as their intervals deserve; `missing` where there is none.
  void estimates(Column column, const std::function<const Estimate*(const SettingVerdict&)>& estimate,
                 const std::string& missing = "") {
    std::vector<Estimate> present;
    for (const auto& setting : settings_)
      if (const auto* each = estimate(setting)) present.push_back(*each);
    const int decimals = decimals_for(present);
    texts(std::move(column), [&](const SettingVerdict& setting) {
      const auto* each = estimate(setting);
      return each ? estimate_text(*each, decimals) : missing;
    });
  }

  void estimates(Column column, Estimate SettingVerdict::*member) {
    estimates(std::move(column), [member](const SettingVerdict& setting) { return &(setting.*member); });
  }

  /// Makes the last column's text strong where the setting deserves it.
  void strong(const std::function<bool(std::size_t)>& deserves) {
    for (std::size_t i = 0; i < table_.rows.size(); ++i)
      if (!table_.rows[i].empty()) table_.rows[i].back().strong = deserves(i);
  }

 private:
  Table& table_;
  const Settings& settings_;
};

void add_differences(Builder& build, const Settings& settings) {
  if (std::ranges::none_of(settings, [](const auto& each) { return each.difference.has_value(); })) return;
  build.estimates(
      {.header = "difference [95%]", .star = true},
      [](const SettingVerdict& setting) { return setting.difference ? &setting.difference->iqm : nullptr; },
      "reference");
  build.strong([&](std::size_t i) { return settings[i].difference && significant(*settings[i].difference); });
  build.texts({.header = "p (Holm)", .rank = 2}, [](const SettingVerdict& setting) {
    return setting.difference ? p_text(setting.difference->p_adjusted) : std::string();
  });
  build.estimates({.header = "P(better)", .rank = 5}, [](const SettingVerdict& setting) {
    return setting.difference ? &setting.difference->improvement : nullptr;
  });
}

}  // namespace

Table make_table(const ScenarioVerdict& verdict, const std::string& score) {
  Table table;
  const auto& settings = verdict.settings;
  Builder build(table, settings);
  build.texts({.header = "setting", .number = false}, [](const auto& setting) { return setting.name; });
  build.strong([&](std::size_t i) { return i == static_cast<std::size_t>(verdict.best); });
  build.texts({.header = "n", .rank = 3}, [](const auto& setting) { return std::to_string(setting.n); });
  build.texts({.header = "diverged"}, [](const auto& setting) {
    return setting.diverged == 0 ? std::string() : std::to_string(setting.diverged);
  });
  build.estimates({score + " [95%]"}, &SettingVerdict::score);
  add_differences(build, settings);
  build.texts({.header = "memory", .rank = 4},
              [](const auto& setting) { return rounded_text(setting.memory); });
  build.texts({.header = "tuned", .number = false, .rank = 1},
              [](const auto& setting) { return setting.tuned; });
  return table;
}

Table make_change_table(const ScenarioVerdict& verdict) {
  Table table;
  Builder build(table, verdict.settings);
  build.texts({.header = "setting", .number = false}, [](const auto& setting) { return setting.name; });
  build.estimates({"recovery, steps"}, &SettingVerdict::recovery);
  build.estimates({"not recovered"}, &SettingVerdict::unrecovered);
  build.estimates({"lost, ×1000 steps"}, &SettingVerdict::lost);
  build.estimates({"time below"}, &SettingVerdict::below_threshold);
  build.estimates({"oracle regret"}, &SettingVerdict::oracle_regret);
  if (table.columns.size() < 2) table.rows.clear();
  return table;
}

}  // namespace rhoam::compare
