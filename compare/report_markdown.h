#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/charts.h"
#include "rhoam/compare/results.h"

namespace rhoam::compare {

/// A picture beside the report.
struct Picture {
  std::string file;  ///< "curves-flip-200.svg"
  std::string caption;
  std::string svg;
  int scenario = -1;  ///< index; negative: all scenarios
};

/// The pictures of the whole comparison: score.svg, differences.svg, profiles.svg and, for each scenario,
/// curves-<scenario>.svg and, where there are changes, recovery-<scenario>.svg.
std::vector<Picture> make_pictures(const Analysis& analysis, const std::vector<Charts>& figures);

/// The report in GitHub's Markdown, which embeds the pictures.
std::string to_markdown(const Results& results, const Analysis& analysis,
                        const std::vector<Picture>& pictures);

}  // namespace rhoam::compare
