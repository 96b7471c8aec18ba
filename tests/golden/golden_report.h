#pragma once
#include <string>

namespace rhoam::golden {

/// What the check of one reference file found: whether everything judged is within its tolerance, and the one
/// line to print for the file, without its name: the worst error per window as a fraction of the tolerance.
struct FileReport {
  bool ok = false;
  std::string line;
};

}  // namespace rhoam::golden
