#include "rhoam/compare/best_setting.h"

#include <algorithm>
#include <cmath>

#include "rhoam/core/significance.h"

namespace rhoam::compare {
namespace {

/// Setting minus other, seed by seed.
Runs paired(const Runs& setting, const Runs& other) {
  Runs differences = setting;
  for (std::size_t k = 0; k < setting.size(); ++k)
    for (std::size_t i = 0; i < setting[k].size(); ++i) differences[k][i] -= other[k][i];
  return differences;
}

/// The difference, with p not adjusted yet.
Difference difference_between(const Runs& setting, const Runs& reference, bool higher_is_better) {
  const Runs differences = paired(setting, reference);
  std::vector<double> all;
  for (const auto& stratum : differences) all.insert(all.end(), stratum.begin(), stratum.end());
  return {.iqm = core::estimate_interquartile_mean(differences),
          .improvement = higher_is_better ? core::estimate_improvement(setting, reference)
                                          : core::estimate_improvement(reference, setting),
          .p = core::signed_rank_p(all)};
}

void adjust(Differences& differences) {
  std::vector<double> p;
  for (const auto& difference : differences)
    if (difference) p.push_back(difference->p);
  const auto adjusted = core::holm(p);
  auto next = adjusted.begin();
  for (auto& difference : differences)
    if (difference) difference->p_adjusted = *next++;
}

/// Rules out settings that are significantly worse and chooses the best of the rest.
class BestSearch {
 public:
  BestSearch(const std::vector<SettingAnalysis>& settings, const std::vector<Runs>& scores,
             std::size_t reference, bool higher_is_better)
      : settings_(settings), scores_(scores), reference_(reference), higher_is_better_(higher_is_better) {
    for (const auto& setting : settings) to_reference_.push_back(setting.difference);
    const auto better = betters(to_reference_);
    for (std::size_t i = 0; i < settings.size(); ++i)
      open_.push_back(i == reference ? std::ranges::count(better, true) == 0 : !is_worse(to_reference_[i]));
  }

  /// A setting that is significantly better replaces one that only has a higher score.
  void find() {
    for (best_ = first_of(open_);; best_ = first_of(betters(to_best_))) {
      to_best_ =
          best_ == reference_ ? to_reference_ : differences_to(best_, settings_, scores_, higher_is_better_);
      if (std::ranges::count(betters(to_best_), true) == 0) return;
      open_[best_] = false;
    }
  }

  int best() const { return static_cast<int>(best_); }

  std::vector<int> ties() const {
    std::vector<int> ties;
    for (std::size_t i = 0; i < settings_.size(); ++i)
      if (i != best_ && open_[i] && (i == reference_ || !is_worse(to_best_[i])))
        ties.push_back(static_cast<int>(i));
    std::ranges::stable_sort(ties, std::ranges::greater(),
                             [&](int i) { return merit(static_cast<std::size_t>(i)); });
    return ties;
  }

 private:
  bool is_worse(const std::optional<Difference>& difference) const {
    return difference && worse(*difference, higher_is_better_);
  }

  /// The open settings that are significantly better than the base of the differences.
  std::vector<bool> betters(const Differences& differences) const {
    std::vector<bool> all;
    for (std::size_t i = 0; i < differences.size(); ++i)
      all.push_back((open_.empty() || open_[i]) && differences[i] &&
                    better(*differences[i], higher_is_better_));
    return all;
  }

  double merit(std::size_t i) const {
    const double score = settings_[i].score.value;
    return std::isnan(score) ? -INFINITY : higher_is_better_ ? score : -score;
  }

  /// The candidate with the best score; the reference among equals.
  std::size_t first_of(const std::vector<bool>& candidates) const {
    std::size_t best = reference_;
    bool none = !candidates[best];
    for (std::size_t i = 0; i < settings_.size(); ++i)
      if (candidates[i] && (none || merit(i) > merit(best))) best = i, none = false;
    return best;
  }

  const std::vector<SettingAnalysis>& settings_;
  const std::vector<Runs>& scores_;
  std::size_t reference_;
  bool higher_is_better_;
  std::size_t best_ = 0;
  Differences to_reference_, to_best_;
  std::vector<bool> open_ = {};  // [setting] not shown to be worse
};

}  // namespace

Differences differences_to(std::size_t base, const std::vector<SettingAnalysis>& settings,
                           const std::vector<Runs>& scores, bool higher_is_better) {
  Differences differences(settings.size());
  for (std::size_t i = 0; i < settings.size(); ++i) {
    if (i == base) continue;
    differences[i] = difference_between(scores[i], scores[base], higher_is_better);
    if (all_diverged(settings[i]) || all_diverged(settings[base])) differences[i]->iqm = {};
  }
  adjust(differences);
  return differences;
}

BestSetting find_best(const std::vector<SettingAnalysis>& settings, const std::vector<Runs>& scores,
                      std::size_t reference, bool higher_is_better) {
  BestSearch search(settings, scores, reference, higher_is_better);
  search.find();
  return {search.best(), search.ties()};
}

}  // namespace rhoam::compare
