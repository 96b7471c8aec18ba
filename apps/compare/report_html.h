#pragma once
#include <string>
#include <vector>

#include "apps/compare/evidence.h"
#include "apps/compare/figures.h"
#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// The whole report as one page that loads nothing: pictures as SVG, which a script replaces by plots that
/// answer to the pointer. The same evidence gives the same bytes.
std::string to_html(const Evidence& evidence, const Verdict& verdict, const std::vector<Figures>& figures);

}  // namespace rhoam::compare
