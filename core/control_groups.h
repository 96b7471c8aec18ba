#pragma once
#include <filesystem>
#include <string>
#include <vector>

namespace rhoam::core {

/// A control group that limits this process.
struct ControlGroup {
  std::filesystem::path folder;  ///< of its files
  bool unified;                  ///< version 2, else version 1
};

/// The groups of this process with a controller, "cpu" or "memory", from the mount down to its own.
/// Understands version 1, version 2 and both at once (cgroups(7)). `root` is the folder that contains /proc
/// and /sys.
std::vector<ControlGroup> control_groups(const char* controller, const std::filesystem::path& root = "/");

/// The first line of a group's file; empty when it cannot be read.
std::string first_line_of(const std::filesystem::path& file);

}  // namespace rhoam::core
