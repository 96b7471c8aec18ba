#pragma once
#include <string>

#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// What a comparison of nine ρ in two scenarios might leave behind: made up, with every kind of figure.
Results sample_evidence(int seeds = 10);

/// The same with this text wherever a user's text may stand.
Results results_with(const std::string& text);

}  // namespace rhoam::compare
