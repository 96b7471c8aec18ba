#include "rhoam/compare/conclusion.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "rhoam/compare/grid.h"
#include "rhoam/core/number_format.h"
#include "rhoam/core/significance.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {
namespace {

constexpr double kLevel = 0.05;

std::string text(const Estimate& estimate) {
  return core::estimate_text(estimate, core::decimals_for(estimate.interval.high - estimate.interval.low));
}

std::string named(const SettingAnalysis& setting) { return label(setting.name, setting.options); }

Estimate negated(const Estimate& estimate) {
  return {-estimate.value, {-estimate.interval.high, -estimate.interval.low}};
}

/// Counts the settings whose difference satisfies a predicate.
template <class Predicate>
std::size_t count_if(const ScenarioAnalysis& analysis, const Headline& about, Predicate&& so) {
  return std::ranges::count_if(analysis.settings, [&](const SettingAnalysis& setting) {
    return setting.difference && so(*setting.difference, about.score.higher_is_better);
  });
}

/// Of the settings that are better than the reference, the best one, else the one with the best score; null
/// if there is none.
const SettingAnalysis* winner(const ScenarioAnalysis& analysis, const Headline& about) {
  const auto wins = [&](const SettingAnalysis& setting) {
    return setting.difference && better(*setting.difference, about.score.higher_is_better);
  };
  if (const auto& best = analysis.settings[analysis.best]; wins(best)) return &best;
  const double sign = about.score.higher_is_better ? 1 : -1;
  const SettingAnalysis* first = nullptr;
  for (const auto& setting : analysis.settings)
    if (wins(setting) && (!first || sign * setting.score.value > sign * first->score.value)) first = &setting;
  return first;
}

std::string victory(const SettingAnalysis& setting, const SettingAnalysis& beaten, const Headline& about) {
  const auto name = named(setting);
  const auto& reference = beaten.name;
  const auto& difference = setting.difference->iqm;
  if (all_diverged(beaten))
    return fmt::format("{} beats {}, which diverged ({}, {})", name, reference, about.score.name,
                       about.sample);
  if (about.score.higher_is_better)
    return fmt::format("{} beats {} by {} ({}, {})", name, reference, text(difference), about.score.name,
                       about.sample);
  return fmt::format("{} has {} less {} than {} ({})", name, text(negated(difference)), about.score.name,
                     reference, about.sample);
}

/// The sentence for too few `seeds` per setting and scenario.
std::string too_few(int seeds, std::size_t comparisons) {
  int enough = seeds;
  while (enough < 100 && !can_tell(enough, comparisons)) ++enough;
  return fmt::format("Too few seeds: with {} the smallest possible p is {:.2g}; for {} use --seeds {}", seeds,
                     core::smallest_sign_flip_p(seeds), core::counted(comparisons, "comparison"), enough);
}

std::string no_victory(const ScenarioAnalysis& analysis, const Headline& about) {
  const auto& reference = analysis.settings[about.reference];
  const auto name = named(reference);
  const std::size_t losers = count_if(analysis, about, worse);
  const bool best = analysis.best == about.reference;
  const auto what = fmt::format("{}, {}", about.score.name, about.sample);
  if (losers == 0) return fmt::format("No setting differs from {} ({})", name, what);
  const auto rest = fmt::format("{} of {} settings {} worse", losers, analysis.settings.size() - 1,
                                losers == 1 ? "is" : "are");
  if (best) return fmt::format("{} is best, with {}; {} ({})", name, text(reference.score), rest, what);
  return fmt::format("No setting beats {}; {} ({})", name, rest, what);
}

std::string finding(const ScenarioAnalysis& analysis, const Headline& about) {
  const auto& reference = analysis.settings[about.reference];
  const std::size_t comparisons = analysis.settings.size() - 1;
  if (std::ranges::all_of(analysis.settings, all_diverged)) return "Every run diverged";
  if (comparisons == 0)
    return fmt::format("{} alone: {} {} ({})", named(reference), about.score.name, text(reference.score),
                       about.sample);
  if (const auto* best = winner(analysis, about)) return victory(*best, reference, about);
  if (!can_tell(about.pairs, comparisons)) return too_few(about.pairs, comparisons);
  return no_victory(analysis, about);
}

}  // namespace

bool can_tell(int pairs, std::size_t comparisons) {
  return static_cast<double>(comparisons) * core::smallest_sign_flip_p(pairs) < kLevel;
}

std::string headline(const ScenarioAnalysis& analysis, const Headline& about) {
  std::size_t diverged = 0;
  for (const auto& setting : analysis.settings) diverged += static_cast<std::size_t>(setting.diverged);
  const auto found = finding(analysis, about);
  if (diverged == 0 || std::ranges::all_of(analysis.settings, all_diverged)) return found;
  return fmt::format("{}; {} diverged and count{} as the worst score", found, core::counted(diverged, "run"),
                     diverged == 1 ? "s" : "");
}

std::string choice(const ScenarioAnalysis& analysis) {
  if (!analysis.ties || analysis.settings.size() < 2) return "";
  constexpr std::size_t kMost = 8;
  std::vector<std::string> names;
  for (const int tied : *analysis.ties) names.push_back(analysis.settings[tied].name);
  const std::size_t more = names.size() - std::min(names.size(), kMost);
  names.resize(names.size() - more);
  const auto best = named(analysis.settings[analysis.best]);
  if (names.empty()) return fmt::format("No other setting is statistically tied with the best ({}).", best);
  return fmt::format("Statistically tied with the best ({}): {}{}.", best, listed(names),
                     more > 0 ? fmt::format(" and {} more", more) : "");
}

bool too_few_overall(const ScenarioAnalysis& overall, const Headline& about, int seeds) {
  const bool silent = !winner(overall, about) && count_if(overall, about, worse) == 0;
  return silent && !can_tell(seeds, overall.settings.size() - 1);
}

std::string overall_headline(const ScenarioAnalysis& overall, const Headline& about,
                             std::span<const ScenarioAnalysis> scenarios, bool higher_is_better) {
  const auto text = headline(overall, about);
  const auto* best = winner(overall, about);
  const int seeds = scenarios.front().settings.front().n;
  const std::size_t comparisons = overall.settings.size() - 1;
  if (comparisons > 0 && !std::ranges::all_of(overall.settings, all_diverged) &&
      too_few_overall(overall, about, seeds))
    return too_few(seeds, comparisons);
  if (!best) return text;
  const auto index = best - overall.settings.data();
  const auto show = [&](auto&& so) {
    return std::ranges::count_if(scenarios, [&](const ScenarioAnalysis& scenario) {
      return so(*scenario.settings[index].difference, higher_is_better);
    });
  };
  return fmt::format("{}; alone, {} of {} scenarios show it and {} the opposite", text, show(better),
                     scenarios.size(), show(worse));
}

}  // namespace rhoam::compare
