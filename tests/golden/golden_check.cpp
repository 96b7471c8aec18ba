#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/golden/golden_envs.h"
#include "rhoam/tests/golden/golden_optim.h"

namespace rhoam::golden {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kUsage =
    "usage: golden_check DIR...\n"
    "Replays reference files (JSON: trajectories of environments, paths of optimizers, distributions) "
    "through this\n"
    "build and prints one line per file: the worst error of each window as a fraction of its tolerance.\n"
    "DIR is searched with its folders; single files will do too. Exit 1 when a file is out of tolerance, 2 "
    "for usage.\n";

std::vector<fs::path> json_files(const std::vector<std::string>& places) {
  std::vector<fs::path> files;
  for (const auto& place : places) {
    if (fs::is_regular_file(place)) {
      files.emplace_back(place);
    } else if (fs::is_directory(place)) {
      for (const auto& entry : fs::recursive_directory_iterator(place))
        if (entry.is_regular_file() && entry.path().extension() == ".json") files.push_back(entry.path());
    } else {
      throw core::UsageError("'" + place + "' is neither a directory nor a file");
    }
  }
  std::ranges::sort(files);
  if (files.empty()) throw core::UsageError("there is no .json file in what was given");
  return files;
}

bool is_optimizer_file(const json& file) {
  return file.contains("format") && file["format"].is_string() &&
         file["format"].get<std::string>().starts_with("optimizer paths");
}

FileReport check_env_file(const json& file, core::ThreadPool& pool) {
  if (file.at("format") != 1) throw core::CorruptError("format " + file.at("format").dump() + " is not 1");
  if (!file.contains("env")) return check_distributions(file, pool);
  const auto id = file["env"].get<std::string>();
  if (id == "CartPole-v1") return check_cartpole(file);
  if (id == "LunarLander-v3" || id == "LunarLanderContinuous-v3") return check_lunar_lander(file);
  if (!std::ranges::count(envs::env_ids(), id)) return {.ok = true, .line = "skipped: no environment " + id};
  return {.ok = false, .line = "no check for environment " + id};
}

FileReport check_file(const fs::path& path, core::ThreadPool& pool) {
  try {
    std::ifstream stream(path);
    const json file = json::parse(stream);
    if (!file.is_object()) throw core::CorruptError("not a JSON object");
    return is_optimizer_file(file) ? check_optimizer_paths(file) : check_env_file(file, pool);
  } catch (const std::exception& error) {
    return {.ok = false, .line = std::string("malformed: ") + error.what()};
  }
}

int golden_check(const std::vector<std::string>& places) {
  if (places.empty() || places[0] == "--help" || places[0] == "-h") {
    fmt::print(places.empty() ? stderr : stdout, kUsage);
    return places.empty() ? 2 : 0;
  }
  core::ThreadPool pool(0);
  bool all_ok = true;
  for (const auto& path : json_files(places)) {
    const FileReport report = check_file(path, pool);
    const bool skipped = report.line.starts_with("skipped");
    fmt::print("{}: {}{}\n", path.string(), skipped ? "" : report.ok ? "ok: " : "OUT: ", report.line);
    std::fflush(stdout);
    all_ok = all_ok && report.ok;
  }
  return all_ok ? 0 : 1;
}

}  // namespace
}  // namespace rhoam::golden

int main(int argc, char** argv) {
  try {
    return rhoam::golden::golden_check({argv + 1, argv + argc});
  } catch (const rhoam::core::Error& error) {
    fmt::print(stderr, "golden_check: {}\n", error.what());
    return static_cast<int>(error.code());
  } catch (const std::exception& error) {
    fmt::print(stderr, "golden_check: {}\n", error.what());
    return 1;
  }
}
