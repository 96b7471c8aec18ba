#include "rhoam/core/control_groups.h"

#include <algorithm>
#include <fstream>
#include <optional>

#include "rhoam/core/text.h"

namespace rhoam::core {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

bool lists(const std::string& names, const char* name) {
  const auto all = split(names, ',');
  return std::ranges::find(all, name) != all.end();
}

/// One hierarchy of control groups: version 2, or one of version 1.
struct Hierarchy {
  fs::path mount;    ///< mount point
  std::string root;  ///< the group mounted there
  bool unified;      ///< version 2
};

/// Parses a line of /proc/self/mountinfo (proc(5)); nothing when it mounts something else.
std::optional<Hierarchy> parse_mount(const std::string& line, const char* controller) {
  const auto separator = line.find(" - ");
  if (separator == std::string::npos) return std::nullopt;
  const auto mount = split(line.substr(0, separator), ' '), kind = split(line.substr(separator + 3), ' ');
  if (mount.size() < 5 || kind.size() < 3) return std::nullopt;
  const bool unified = kind[0] == "cgroup2";
  if (!unified && !(kind[0] == "cgroup" && lists(kind[2], controller))) return std::nullopt;
  return Hierarchy{mount[4], mount[3], unified};
}

/// The group of this process in a hierarchy, according to the lines ID:CONTROLLERS:GROUP of
/// /proc/self/cgroup.
std::string group_in(const Hierarchy& hierarchy, const std::vector<std::string>& memberships,
                     const char* controller) {
  for (const auto& line : memberships) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const auto controllers = line.substr(first + 1, second - first - 1);
    if (hierarchy.unified ? line.starts_with("0::") : lists(controllers, controller))
      return line.substr(second + 1);
  }
  return "/";
}

/// The group's path below the mount: a container sees its own group as the root of its mount.
fs::path below_mount(const Hierarchy& hierarchy, const std::string& group) {
  const auto path = fs::path(group).lexically_relative(hierarchy.root);
  return path.empty() || *path.begin() == ".." ? fs::path(".") : path;
}

}  // namespace

std::string first_line_of(const fs::path& file) {
  const auto lines = lines_of(file);
  return lines.empty() ? "" : lines.front();
}

std::vector<ControlGroup> control_groups(const char* controller, const fs::path& root) {
  std::vector<ControlGroup> groups;
  const auto memberships = lines_of(root / "proc/self/cgroup");
  for (const auto& line : lines_of(root / "proc/self/mountinfo")) {
    const auto hierarchy = parse_mount(line, controller);
    if (!hierarchy) continue;
    fs::path folder = root / hierarchy->mount.relative_path();
    groups.push_back({folder, hierarchy->unified});
    for (const auto& name : below_mount(*hierarchy, group_in(*hierarchy, memberships, controller)))
      groups.push_back({folder /= name, hierarchy->unified});
  }
  return groups;
}

}  // namespace rhoam::core
