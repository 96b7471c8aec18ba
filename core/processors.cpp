#include "rhoam/core/processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "rhoam/core/control_groups.h"
#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

namespace fs = std::filesystem;

/// Quota over period, both in microseconds; nothing for "max" and −1, which set no limit.
std::optional<double> ratio(const std::string& quota, const std::string& period) {
  const auto used = parse_double(quota), whole = parse_double(period);
  if (!used || !whole || *used <= 0 || *whole <= 0) return std::nullopt;
  return *used / *whole;
}

std::optional<double> quota_at(const fs::path& folder, bool unified) {
  if (!unified)
    return ratio(first_line_of(folder / "cpu.cfs_quota_us"), first_line_of(folder / "cpu.cfs_period_us"));
  const auto words = split(first_line_of(folder / "cpu.max"), ' ');
  return words.size() == 2 ? ratio(words[0], words[1]) : std::nullopt;
}

/// Number of processors in the affinity mask, however many the kernel was built for.
int affine_processors() {
  for (int most = 1024; most <= 1 << 20; most *= 2) {
    std::vector<cpu_set_t> mask(CPU_ALLOC_SIZE(most) / sizeof(cpu_set_t));
    const std::size_t bytes = mask.size() * sizeof(cpu_set_t);
    if (::sched_getaffinity(0, bytes, mask.data()) == 0) return CPU_COUNT_S(bytes, mask.data());
  }
  return static_cast<int>(std::thread::hardware_concurrency());
}

}  // namespace

std::optional<double> cpu_quota(const fs::path& root) {
  std::optional<double> least;
  for (const auto& [folder, unified] : control_groups("cpu", root))
    if (const auto quota = quota_at(folder, unified)) least = std::min(*quota, least.value_or(*quota));
  return least;
}

int usable_processors() {
  const int affine = std::max(1, affine_processors());
  const auto quota = cpu_quota();
  return quota && *quota < affine ? static_cast<int>(std::ceil(*quota)) : affine;
}

std::string cpu_model() {
  std::ifstream cpuinfo("/proc/cpuinfo");
  for (std::string line; std::getline(cpuinfo, line);) {
    if (line.starts_with("model name"))
      return std::string(trim(std::string_view(line).substr(line.find(':') + 1)));
  }
  return "unknown";
}

}  // namespace rhoam::core
