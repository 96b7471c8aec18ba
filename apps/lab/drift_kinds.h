#pragma once
#include <string>
#include <vector>

namespace rhoam::lab {

/// Names for --kind, in the order of optim::DriftKind.
inline const std::vector<std::string> kDriftKinds = {"sine", "telegraph", "ou", "growth"};

}  // namespace rhoam::lab
