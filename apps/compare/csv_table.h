#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace rhoam::compare {

/// The column of environment steps in every log of a cell.
inline constexpr const char* kStepsColumn = "time/total_timesteps";

/// The columns of a CSV file of numbers, as core::CsvLog writes it; an empty cell is NaN. Throws CorruptError
/// when there is no file, a line has another number of cells than the header, or a cell is no number.
std::map<std::string, std::vector<double>> read_columns(const std::filesystem::path& file);

/// A line of a CSV file of texts (RFC 4180): cells with commas, quotation marks or line breaks are quoted.
std::string csv_line(const std::vector<std::string>& cells);

}  // namespace rhoam::compare
