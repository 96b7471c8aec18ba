#include "core/processors.h"

#include <sched.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "core/text.h"

namespace rhoam::core {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string first_line(const fs::path& file) {
  const auto lines = lines_of(file);
  return lines.empty() ? "" : lines.front();
}

bool lists(const std::string& names, const char* name) {
  const auto all = split(names, ',');
  return std::ranges::find(all, name) != all.end();
}

/// One hierarchy of control groups: version 2, or that of version 1 with the controller "cpu".
struct Hierarchy {
  fs::path mount;    ///< where it is mounted
  std::string root;  ///< the group that is seen there
  bool unified;      ///< version 2
};

/// A line of /proc/self/mountinfo (proc(5)); nothing when it mounts something else.
std::optional<Hierarchy> parse_mount(const std::string& line) {
  const auto separator = line.find(" - ");
  if (separator == std::string::npos) return std::nullopt;
  const auto mount = split(line.substr(0, separator), ' '), kind = split(line.substr(separator + 3), ' ');
  if (mount.size() < 5 || kind.size() < 3) return std::nullopt;
  const bool unified = kind[0] == "cgroup2";
  if (!unified && !(kind[0] == "cgroup" && lists(kind[2], "cpu"))) return std::nullopt;
  return Hierarchy{mount[4], mount[3], unified};
}

/// The group of this process in a hierarchy, by the lines ID:CONTROLLERS:GROUP of /proc/self/cgroup.
std::string group_in(const Hierarchy& hierarchy, const std::vector<std::string>& memberships) {
  for (const auto& line : memberships) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    if (hierarchy.unified ? line.starts_with("0::") : lists(controllers, "cpu"))
      return line.substr(second + 1);
  }
  return "/";
}

/// Microseconds per period over microseconds of the period; nothing for "max" and −1, which set no limit.
std::optional<double> ratio(const std::string& quota, const std::string& period) {
  const auto used = parse_double(quota), whole = parse_double(period);
  if (!used || !whole || *used <= 0 || *whole <= 0) return std::nullopt;
  return *used / *whole;
}

std::optional<double> quota_at(const fs::path& folder, bool unified) {
  if (!unified)
    return ratio(first_line(folder / "cpu.cfs_quota_us"), first_line(folder / "cpu.cfs_period_us"));
  const auto words = split(first_line(folder / "cpu.max"), ' ');
  return words.size() == 2 ? ratio(words[0], words[1]) : std::nullopt;
}

/// The group's path below the mount: a container sees its own group as the root of its mount.
fs::path below_mount(const Hierarchy& hierarchy, const std::string& group) {
  const auto path = fs::path(group).lexically_relative(hierarchy.root);
  return path.empty() || *path.begin() == ".." ? fs::path(".") : path;
}

/// Of the affinity mask, whatever the number of processors that the kernel was built for.
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
  const auto memberships = lines_of(root / "proc/self/cgroup");
  for (const auto& line : lines_of(root / "proc/self/mountinfo")) {
    const auto hierarchy = parse_mount(line);
    if (!hierarchy) continue;
    fs::path folder = root / hierarchy->mount.relative_path();
    auto look = [&] {
      const auto quota = quota_at(folder, hierarchy->unified);
      if (quota) least = std::min(*quota, least.value_or(*quota));
    };
    look();
    for (const auto& name : below_mount(*hierarchy, group_in(*hierarchy, memberships))) {
      folder /= name;
      look();
    }
  }
  return least;
}

int usable_processors() {
  const int affine = std::max(1, affine_processors());
  const auto quota = cpu_quota();
  return quota && *quota < affine ? static_cast<int>(std::ceil(*quota)) : affine;
}

}  // namespace rhoam::core
