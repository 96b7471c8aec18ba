#include "apps/compare/headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "apps/compare/quantity.h"
#include "core/significance.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

constexpr double kLevel = 0.05;

std::string text(const Estimate& estimate) {
  return estimate_text(estimate, decimals_for(estimate.interval.high - estimate.interval.low));
}

std::string named(const std::string& name, const std::string& symbol) {
  return core::parse_double(name) ? symbol + " = " + name : name;
}

Estimate negated(const Estimate& estimate) {
  return {-estimate.value, {-estimate.interval.high, -estimate.interval.low}};
}

/// Counts settings whose difference is so.
template <class Predicate>
std::size_t count_if(const ScenarioVerdict& verdict, const Headline& about, Predicate&& so) {
  return std::ranges::count_if(verdict.settings, [&](const SettingVerdict& setting) {
    return setting.difference && so(*setting.difference, about.score.higher_is_better);
  });
}

/// Of the settings that are better than the reference, the one with the best score; null where none is.
const SettingVerdict* winner(const ScenarioVerdict& verdict, const Headline& about) {
  const double sign = about.score.higher_is_better ? 1 : -1;
  const SettingVerdict* best = nullptr;
  for (const auto& setting : verdict.settings) {
    if (!setting.difference || !better(*setting.difference, about.score.higher_is_better)) continue;
    if (!best || sign * setting.score.value > sign * best->score.value) best = &setting;
  }
  return best;
}

std::string victory(const SettingVerdict& setting, const std::string& reference, const Headline& about) {
  const auto name = named(setting.name, about.symbol);
  const auto& difference = setting.difference->iqm;
  if (about.score.higher_is_better)
    return fmt::format("{} beats {} by {} ({}, {})", name, reference, text(difference), about.score.name,
                       about.sample);
  return fmt::format("{} has {} less {} than {} ({})", name, text(negated(difference)), about.score.name,
                     reference, about.sample);
}

/// Whether any p can pass Holm's correction for so many comparisons.
bool can_tell(int pairs, std::size_t comparisons) {
  return static_cast<double>(comparisons) * core::smallest_sign_flip_p(pairs) < kLevel;
}

std::string too_few(const Headline& about, std::size_t comparisons) {
  int enough = about.pairs;
  while (enough < 100 && !can_tell(enough, comparisons)) ++enough;
  return fmt::format(
      "too few seeds to tell: with {}, p cannot fall below {:.2g}, {} to the reference need{} {}",
      about.pairs, core::smallest_sign_flip_p(about.pairs), counted(comparisons, "comparison"),
      comparisons == 1 ? "s" : "", enough);
}

std::string no_victory(const ScenarioVerdict& verdict, const Headline& about) {
  const auto& reference = verdict.settings[about.reference];
  const auto name = named(reference.name, about.symbol);
  const std::size_t losers = count_if(verdict, about, worse);
  const bool best = verdict.best == about.reference;
  const auto what = fmt::format("{}, {}", about.score.name, about.sample);
  if (losers == 0) return fmt::format("no setting differs from {} ({})", name, what);
  const auto rest = fmt::format("{} of {} settings {} worse", losers, verdict.settings.size() - 1,
                                losers == 1 ? "is" : "are");
  if (best) return fmt::format("{} is best, with {}; {} ({})", name, text(reference.score), rest, what);
  return fmt::format("no setting beats {}; {} ({})", name, rest, what);
}

std::string finding(const ScenarioVerdict& verdict, const Headline& about) {
  const auto& reference = verdict.settings[about.reference];
  const std::size_t comparisons = verdict.settings.size() - 1;
  if (std::isnan(reference.score.value)) return "every run diverged";
  if (comparisons == 0)
    return fmt::format("{} alone: {} {} ({})", named(reference.name, about.symbol), about.score.name,
                       text(reference.score), about.sample);
  if (const auto* best = winner(verdict, about)) return victory(*best, reference.name, about);
  if (!can_tell(about.pairs, comparisons)) return too_few(about, comparisons);
  return no_victory(verdict, about);
}

}  // namespace

std::string headline(const ScenarioVerdict& verdict, const Headline& about) {
  std::size_t diverged = 0;
  for (const auto& setting : verdict.settings) diverged += static_cast<std::size_t>(setting.diverged);
  const auto found = finding(verdict, about);
  if (diverged == 0 || std::isnan(verdict.settings[about.reference].score.value)) return found;
  return fmt::format("{}; {} diverged and count{} as the worst score", found, counted(diverged, "run"),
                     diverged == 1 ? "s" : "");
}

std::string overall_headline(const ScenarioVerdict& overall, const Headline& about,
                             std::span<const ScenarioVerdict> scenarios, bool higher_is_better) {
  const auto text = headline(overall, about);
  const auto* best = winner(overall, about);
  if (!best) return text;
  const auto index = best - overall.settings.data();
  const auto show = [&](auto&& so) {
    return std::ranges::count_if(scenarios, [&](const ScenarioVerdict& scenario) {
      return so(*scenario.settings[index].difference, higher_is_better);
    });
  };
  return fmt::format("{}; alone, {} of {} scenarios show it and {} the opposite", text, show(better),
                     scenarios.size(), show(worse));
}

}  // namespace rhoam::compare
