#include "rhoam/training/run_directory.h"

#include <fmt/chrono.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "rhoam/core/build_info.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/options.h"
#include "rhoam/core/processors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/text.h"

namespace rhoam::training {
namespace {

namespace fs = std::filesystem;

const fs::path kRuns = "runs";

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw core::IoError("cannot create '" + path.string() + "': " + error.message());
}

void make_directories(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(path, error);
}

// False when it exists already.
bool create_new_directory(const fs::path& path) {
  std::error_code error;
  const bool created = fs::create_directory(path, error);
  if (error) fail(path, error);
  return created;
}

fs::path create_timestamped(const fs::path& parent) {
  make_directories(parent);
  const auto stamp = fmt::format("{:%Y%m%d-%H%M%S}", fmt::localtime(std::time(nullptr)));
  for (int number = 1;; ++number) {
    const auto path = parent / (number == 1 ? stamp : fmt::format("{}-{}", stamp, number));
    if (create_new_directory(path)) return path;
  }
}

/// Replaces `path` by what `make` creates under another name beside it.
template <class Make>
std::error_code replace_by(const fs::path& path, Make&& make) {
  const auto spare = path.parent_path() / fmt::format(".{}-{}", path.filename().string(), ::getpid());
  std::error_code error, ignored;
  fs::remove(spare, ignored);
  make(spare, error);
  if (!error) fs::rename(spare, path, error);
  if (error) fs::remove(spare, ignored);
  return error;
}

/// The topmost folder that does not exist yet; empty when all exist.
fs::path first_missing(const fs::path& path) {
  std::error_code error;
  fs::path missing;
  for (auto each = path.lexically_normal(); !each.empty() && !fs::exists(each, error);
       each = each.parent_path())
    if (each.has_filename()) missing = each;
  return missing;
}

/// Removes the folder and those above it down from `top`, as far as they are empty.
void remove_empty(fs::path folder, const fs::path& top) {
  std::error_code error;
  for (folder = folder.lexically_normal(); !top.empty(); folder = folder.parent_path()) {
    fs::remove(folder, error);
    if (folder == top || fs::exists(folder, error)) return;
  }
}

/// Leftovers of a training that was killed before it had a config.ini count as nothing.
bool is_unused(const fs::path& out) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(out, error)) {
    const auto name = entry.path().filename();
    const bool place = name == "checkpoints" && fs::is_empty(entry, error);
    if (!place && name != "config.ini.tmp" && name != "manifest.json" && name != "manifest.json.tmp")
      return false;
  }
  return true;
}

void check_unused(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(out, error)) return;
  if (!fs::is_directory(out, error)) throw core::UsageError("'" + out.string() + "' is not a directory");
  if (!is_unused(out)) {
    const bool run = fs::exists(out / "config.ini", error);
    throw core::UsageError(
        "'" + out.string() + "' is not empty" +
        (run ? "; --resume " + core::shell_path(out) + " goes on with the run in it"
             : " and holds no run that --resume could go on with; name another directory"));
  }
}

}  // namespace

RunDirectory RunDirectory::create(const fs::path& out, const std::string& env, const std::string& algo) {
  if (!out.empty()) check_unused(out);
  const auto wanted = out.empty() ? kRuns / env / algo / "time" : out;
  const auto made = first_missing(wanted);
  try {
    RunDirectory run(out.empty() ? create_timestamped(wanted.parent_path()) : out);
    if (!out.empty()) make_directories(out);
    run.made_ = made == wanted ? run.path() : made;
    return run;
  } catch (const core::IoError&) {
    remove_empty(wanted, made);
    throw;
  }
}

RunDirectory RunDirectory::open(const fs::path& named) {
  std::error_code error;
  RunDirectory run(follow_latest(named));
  // The newest run may change while this one is in use.
  if (fs::is_symlink(run.path_, error))
    run.path_ = run.path_.parent_path() / fs::read_symlink(run.path_, error);
  for (const auto& file : {run.config(), run.last(), run.best()})
    if (fs::exists(file, error)) return run;
  if (!numbered_checkpoints(run.path_).empty()) return run;
  throw core::UsageError("there is no run at '" + named.string() +
                         "': no config.ini in it; runs are saved in runs/");
}

core::Lock RunDirectory::lock() const {
  auto lock = core::lock_folder(path_);
  if (!lock) throw core::UsageError("'" + path_.string() + "' is in use by another training");
  return std::move(*lock);
}

core::Lock RunDirectory::begin(const std::string& config, int threads, const std::string& from) const {
  try {
    auto lock = this->lock();
    write_manifest(threads, from);
    core::write_file_atomically(this->config(), config);
    return lock;
  } catch (const core::IoError&) {
    std::error_code error;
    fs::remove(manifest(), error);
    remove_empty(path_, made_);
    throw;
  }
}

std::string RunDirectory::make_latest() const {
  const auto latest = kRuns / "latest";
  const auto target = path_.lexically_relative(kRuns);
  auto error = replace_by(latest, [&](const fs::path& spare, std::error_code& failed) {
    fs::create_directory_symlink(target, spare, failed);
  });
  if (!error) return "";
  const auto why = error.message();
  error = replace_by(latest, [&](const fs::path& spare, std::error_code& failed) {
    std::ofstream file(spare);
    if (!(file << target.string() << std::endl)) failed = std::make_error_code(std::errc::io_error);
  });
  if (error)
    return fmt::format("'{}' cannot name the newest run ({}): name it by its path", latest.string(), why);
  return fmt::format(
      "'{}' cannot be a link here ({}): it is a file with the path of the newest run, which "
      "rhoam follows",
      latest.string(), why);
}

fs::path RunDirectory::checkpoint(std::int64_t steps) const {
  return path_ / "checkpoints" / (std::to_string(steps) + kCheckpointEnding);
}
fs::path RunDirectory::last() const { return path_ / "checkpoints" / "last.safetensors"; }
fs::path RunDirectory::best() const { return path_ / "checkpoints" / "best.safetensors"; }

void RunDirectory::save(std::int64_t steps, const core::Tensors& tensors, int keep) const {
  make_directories(path_ / "checkpoints");
  core::write_safetensors(std::array{checkpoint(steps), last()}, tensors);
  if (keep == 0) return;
  auto older = numbered_checkpoints(path_);
  older.erase(older.upper_bound(steps), older.end());  // those of an abandoned future stay
  std::error_code error;                               // a failed removal is retried at the next save
  for (auto each = older.begin(); std::distance(each, older.end()) > keep; ++each)
    fs::remove(each->second, error);
}

void RunDirectory::save_best(const core::Tensors& tensors) const {
  make_directories(path_ / "checkpoints");
  core::write_safetensors(best(), tensors);
}

void RunDirectory::write_manifest(int threads, const std::string& from) const {
  const auto build = core::build_info();
  nlohmann::ordered_json manifest = {
      {"version", build.version},
      {"git_hash", build.git_hash},
      {"compiler", build.compiler},
      {"cpu", core::cpu_model()},
      {"time", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
      {"threads", threads},
  };
  if (!from.empty()) manifest["from"] = from;
  constexpr auto kReplace = nlohmann::ordered_json::error_handler_t::replace;  // a path need not be UTF-8
  core::write_file_atomically(this->manifest(), manifest.dump(2, ' ', false, kReplace) + "\n");
}

std::string RunDirectory::from() const {
  std::string configured;
  core::Options options;
  options.add("from", configured, "");
  if (std::error_code error; fs::is_regular_file(config(), error))
    options.read_config(config(), core::Unknown::skip);
  options.apply();
  if (!configured.empty()) return configured;
  std::ifstream file(manifest());
  const auto manifest = nlohmann::json::parse(file, nullptr, false);
  const auto from = manifest.is_object() ? manifest.find("from") : manifest.end();
  return from != manifest.end() && from->is_string() ? from->get<std::string>() : "";
}

std::map<std::int64_t, fs::path> numbered_checkpoints(const fs::path& run) {
  std::map<std::int64_t, fs::path> by_steps;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(run / "checkpoints", error)) {
    const auto steps = core::parse_integer<std::int64_t>(entry.path().stem().string());
    if (steps && entry.path().filename() == std::to_string(*steps) + kCheckpointEnding &&
        entry.is_regular_file(error))
      by_steps[*steps] = entry.path();
  }
  return by_steps;
}

fs::path follow_latest(const fs::path& named) {
  std::error_code error;
  const auto place = named == "latest" && !fs::exists(named, error) ? kRuns / "latest" : named;
  if (place.filename() != "latest" || !fs::is_regular_file(place, error)) return place;
  std::string target;
  std::ifstream file(place);
  std::getline(file, target);
  return !target.empty() && fs::is_directory(place.parent_path() / target, error)
             ? place.parent_path() / target
             : place;
}

}  // namespace rhoam::training
