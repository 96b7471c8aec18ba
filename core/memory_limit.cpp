#include "rhoam/core/memory_limit.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

#include "rhoam/core/control_groups.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

constexpr std::uint64_t kNone = std::numeric_limits<std::uint64_t>::max();

std::uint64_t limit_of_groups(const std::filesystem::path& root) {
  std::uint64_t least = kNone;
  for (const auto& [folder, unified] : control_groups("memory", root)) {
    const auto text = first_line_of(folder / (unified ? "memory.max" : "memory.limit_in_bytes"));
    least = std::min(least, parse_integer<std::uint64_t>(text).value_or(kNone));  // "max" is no limit
  }
  return least;
}

}  // namespace

std::uint64_t memory_limit(const std::filesystem::path& root) {
  const auto machine =
      static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  rlimit address_space{};
  const bool limited = getrlimit(RLIMIT_AS, &address_space) == 0 && address_space.rlim_cur != RLIM_INFINITY;
  return std::min({machine, limited ? std::uint64_t{address_space.rlim_cur} : kNone, limit_of_groups(root)});
}

}  // namespace rhoam::core
