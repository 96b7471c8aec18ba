#pragma once
#include <nlohmann/json_fwd.hpp>

#include "rhoam/tests/golden/golden_report.h"

namespace rhoam::golden {

/// Replays every case of a file "optimizer paths, version 1" through the recipes, in double (1e-12 relative)
/// and in float
/// (|θ − θ_ref| ≤ 1e-4·Σ|Δθ| + (t + 2)·2⁻²⁴·max(1, |θ_ref|, |θ₀|)). An unknown optimizer or option, or a
/// malformed file, is out and named. Never throws for what the file holds.
FileReport check_optimizer_paths(const nlohmann::json& file);

}  // namespace rhoam::golden
