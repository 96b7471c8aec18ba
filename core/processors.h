#pragma once
#include <filesystem>
#include <optional>
#include <string>

namespace rhoam::core {

/// Processors that this process may use, at least 1: those of its affinity mask, which cpusets and taskset
/// narrow, but no more than its CPU quota, rounded up.
int usable_processors();

/// The smallest CPU quota of the control groups above this process, in processors; nothing where none is set
/// or readable. Understands version 1, version 2 and both at once. `root` is the folder that contains /proc
/// and /sys.
std::optional<double> cpu_quota(const std::filesystem::path& root = "/");

/// The processor's name as the system reports it.
std::string cpu_model();

}  // namespace rhoam::core
