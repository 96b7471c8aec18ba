#include "apps/compare/notes.h"

#include <fmt/format.h>

#include "apps/compare/quantity.h"
#include "core/text.h"

namespace rhoam::compare {
namespace {

const std::vector<SettingEvidence>& settings_of(const Evidence& evidence) {
  static const std::vector<SettingEvidence> kNone;
  return evidence.scenarios.empty() ? kNone : evidence.scenarios[0].settings;
}

}  // namespace

std::string extent_note(const Evidence& evidence) {
  const auto& settings = settings_of(evidence);
  return fmt::format("{}, {}, {}. Score: time-averaged {}, {} is better.",
                     counted(settings.empty() ? 0 : settings[0].cells.size(), "seed"),
                     counted(settings.size(), "setting"), counted(evidence.scenarios.size(), "scenario"),
                     evidence.score.name, evidence.score.higher_is_better ? "higher" : "lower");
}

std::string caution_note(const Evidence& evidence) {
  const auto& settings = settings_of(evidence);
  const std::size_t enough = 5, seeds = settings.empty() ? 0 : settings[0].cells.size();
  std::string note = evidence.tuning_seeds == 0
                         ? "Nothing was tuned: every setting ran with the options shown."
                         : fmt::format(
                               "The tuned options of each setting were chosen on {} that the comparison "
                               "does not use.",
                               counted(static_cast<std::size_t>(evidence.tuning_seeds), "seed"));
  if (evidence.versions.size() > 1)
    note += fmt::format(" The trainings were made by different programs or processors: {}.",
                        core::join(evidence.versions, "; "));
  if (seeds < enough)
    note += " Intervals from fewer than 5 seeds hold the truth less often than they say: 75% with 3 seeds.";
  return note;
}

std::string reference_name(const Evidence& evidence) {
  const auto& settings = settings_of(evidence);
  const auto reference = static_cast<std::size_t>(evidence.reference);
  return reference < settings.size() ? settings[reference].name : std::string();
}

std::vector<std::string> method_notes(const Evidence& evidence) {
  const std::string reference = reference_name(evidence);
  return {
      "n: seeds. Scores are interquartile means (IQM) over seeds; brackets hold 95% bootstrap intervals "
      "(Agarwal et al. 2021). A run that diverged counts as the worst score of its scenario.",
      fmt::format(
          "difference: IQM of the setting minus {} on the same seeds. p: Wilcoxon's signed ranks of the "
          "paired differences, two-sided, after Holm's correction for the number of settings. * {}.",
          reference, kStar),
      fmt::format("P(better): probability that the setting is better than {} on another seed.", reference),
      "memory: effective memory of the actor's v in updates, geometric mean over time and seeds. tuned: the "
      "options chosen for the setting.",
      "recovery: environment steps from a change until the score is back. not recovered: share of the "
      "changes "
      "before whose end it was not. lost: score lost after a change, times 1000 environment steps. time "
      "below: "
      "share of the time below the threshold. oracle regret: score lost against agents trained in each "
      "regime "
      "alone."};
}

}  // namespace rhoam::compare
