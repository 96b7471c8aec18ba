#pragma once
#include <string>
#include <vector>

#include "rhoam/compare/analysis.h"
#include "rhoam/compare/charts.h"
#include "rhoam/compare/results.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::compare {

/// A chart without categories as JSON for the report's script. `shown` are the indices of the series visible
/// at first. NaN and infinity become null; numbers have six digits.
std::string to_json(const render::Chart& chart, const std::vector<std::size_t>& shown);

/// The whole report as one page that loads nothing: charts as SVG, which a script replaces by interactive
/// plots. The same results give the same bytes.
std::string to_html(const Results& results, const Analysis& analysis, const std::vector<Charts>& figures);

}  // namespace rhoam::compare
