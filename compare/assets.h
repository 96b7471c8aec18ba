#pragma once
#include <string_view>

/// Files embedded in the program, so that a report needs nothing beside it; compare/CMakeLists.txt lists
/// them.
namespace rhoam::compare::assets {

extern const std::string_view dygraphs_script, dygraphs_style, dygraphs_licence;
extern const std::string_view report_script, report_style;

}  // namespace rhoam::compare::assets
