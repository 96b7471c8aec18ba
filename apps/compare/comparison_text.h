#pragma once
#include <string>
#include <vector>

#include "apps/compare/comparison.h"

namespace rhoam::compare {

/// Sections of the text of a comparison: first what stands before any "[scenario NAME]", nameless.
struct Section {
  std::string name, text;
};
/// Throws UsageError for scenarios without a name or of the same.
std::vector<Section> split_sections(const std::string& text);

/// The text of comparison.ini, the same however the comparison was said: `asks` are the options that hold for
/// all scenarios, beside those of the training.
std::string canonical_text(const std::vector<Scenario>& scenarios, std::vector<core::GivenOption> asks);

/// A command for a shell: `words` and then the options, quoted where that is needed.
std::string command_line(std::string words, const std::vector<core::GivenOption>& options);

/// The options of a comparison of one scenario as they are typed.
std::vector<core::GivenOption> as_typed(const Scenario& scenario, std::vector<core::GivenOption> asks);

}  // namespace rhoam::compare
