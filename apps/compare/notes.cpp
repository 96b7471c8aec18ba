#include "apps/compare/notes.h"

#include <fmt/format.h>

namespace rhoam::compare {
namespace {

std::string counted(std::size_t count, const std::string& one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

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

std::string tuning_note(const Evidence& evidence) {
  if (evidence.tuning_seeds == 0) return "Nothing was tuned: every setting ran with the options shown.";
  return fmt::format("The tuned options of each setting were chosen on {} that the comparison does not use.",
                     counted(static_cast<std::size_t>(evidence.tuning_seeds), "seed"));
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
      "(Agarwal et al. 2021).",
      fmt::format(
          "difference: IQM of the setting minus {} on the same seeds. p: paired sign-flip permutation "
          "test, two-sided, after Holm's correction for the number of settings. * marks p < 0.05.",
          reference),
      fmt::format("P(better): probability that the setting is better than {} on a seed of its own.",
                  reference),
      "memory: effective memory of the actor's v in updates, geometric mean over time and seeds. recovery: "
      "environment steps from a change until the return is back. lost: return lost after a change, in "
      "episodes' worth. time below: share of the time below the threshold. oracle regret: return lost "
      "against "
      "agents trained in each regime alone.",
      tuning_note(evidence)};
}

}  // namespace rhoam::compare
