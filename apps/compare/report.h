#pragma once
#include <filesystem>

#include "apps/compare/evidence.h"
#include "apps/compare/verdict.h"

namespace rhoam::compare {

/// The verdict as a table for a terminal, at most `width` columns.
std::string to_table(const Evidence& evidence, const Verdict& verdict, int width);

/// Writes report.html, report.md and the SVG files into the comparison's directory, each atomically. The same
/// evidence gives the same bytes. Throws IoError.
void write_report(const std::filesystem::path& directory, const Evidence& evidence, const Verdict& verdict);

}  // namespace rhoam::compare
