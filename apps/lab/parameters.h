#pragma once
#include <string>
#include <vector>

#include "core/options.h"
#include "core/range.h"

namespace rhoam::lab {

/// Declares an option of one or more numbers with commas between them: --lr 0.001,0.01.
void add_numbers(core::Options& options, const std::string& name, std::vector<double>& values,
                 const std::string& help, core::Range range = {});

/// No experiment waits for longer memories, in updates.
inline constexpr double kLongestMemory = 1e6;

/// Declares --rho, one or more constants, each in the words of optim::parse_rho: 0.9,memory:100. Memories
/// 1/(1 − ρ) go up to `longest` updates.
void add_rhos(core::Options& options, std::vector<double>& values, double longest = kLongestMemory);

/// One ρ instead of several.
void add_rho(core::Options& options, double& value, double longest = kLongestMemory);

}  // namespace rhoam::lab
