#pragma once
#include <string>
#include <vector>

#include "apps/compare/evidence.h"

namespace rhoam::compare {

/// "10 seeds, 9 settings, 3 scenarios; score: time-averaged return, higher is better".
std::string extent_note(const Evidence& evidence);

/// How the learning rates were chosen, as a sentence.
std::string tuning_note(const Evidence& evidence);

/// What the columns of the tables mean and how they were computed: sentences.
std::vector<std::string> method_notes(const Evidence& evidence);

/// The name of the setting that differences are taken to.
std::string reference_name(const Evidence& evidence);

}  // namespace rhoam::compare
