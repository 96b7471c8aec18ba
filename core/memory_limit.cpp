#include "core/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

namespace rhoam::core {
namespace {

constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

/// The number in a file of a control group; "max", or no such file, is no limit.
std::uint64_t limit_in(const std::string& file) {
  std::uint64_t bytes = 0;
  return std::ifstream(file) >> bytes ? bytes : kNone;
}

/// The least limit of a group and those above it, up to the mount.
std::uint64_t limit_of_group(const std::string& mount, std::string group, const std::string& file) {
  std::uint64_t least = limit_in(mount + "/" + file);
  for (; group.size() > 1; group.resize(group.rfind('/')))
    least = std::min(least, limit_in(mount + group + "/" + file));
  return least;
}

/// Lines are "0::/group" of version 2 and "9:memory:/group" of version 1.
std::uint64_t limit_of_groups() {
  std::uint64_t least = kNone;
  std::ifstream lines("/proc/self/cgroup");
  for (std::string line; std::getline(lines, line);) {
    const auto group = line.find(":/");
    if (group == std::string::npos) continue;
    if (line.starts_with("0::"))
      least = std::min(least, limit_of_group("/sys/fs/cgroup", line.substr(group + 1), "memory.max"));
    else if (line.find(":memory:") != std::string::npos)
      least = std::min(
          least, limit_of_group("/sys/fs/cgroup/memory", line.substr(group + 1), "memory.limit_in_bytes"));
  }
  return least;
}

}  // namespace

std::uint64_t memory_limit() {
  const auto machine =
      static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  rlimit address_space{};
  const bool limited = getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur != RLIM_INFINITY;
  return std::min({machine, limited ? std::uint64_t{address_space.rlim_cur} : kNone, limit_of_groups()});
}

}  // namespace rhoam::core
