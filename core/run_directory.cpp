#include "core/run_directory.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "core/build_info.h"
#include "core/errors.h"
#include "core/file.h"
#include "core/safetensors.h"
#include "core/text.h"

namespace rhoam::core {
namespace {

namespace fs = std::filesystem;

const fs::path kRuns = "runs";

[[noreturn]] void fail(const fs::path& path, const std::error_code& error) {
  throw IoError("cannot create '" + path.string() + "': " + error.message());
}

void make_directories(const fs::path& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(path, error);
}

// False when somebody else has it already.
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

// A symbolic link cannot be changed in place: a second one takes its name.
void point_latest_to(const fs::path& run) {
  const auto spare = kRuns / fmt::format(".latest-{}", ::getpid());
  std::error_code error;
  fs::remove(spare, error);
  fs::create_directory_symlink(run.lexically_relative(kRuns), spare, error);
  if (!error) fs::rename(spare, kRuns / "latest", error);
  if (error) fail(kRuns / "latest", error);
}

/// What a training leaves that was killed before its first file counts as nothing.
bool is_unused(const fs::path& out) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(out, error)) {
    const bool place = entry.path().filename() == "checkpoints" && fs::is_empty(entry, error);
    if (!place && entry.path().filename() != "config.ini.tmp") return false;
  }
  return true;
}

void check_unused(const fs::path& out) {
  std::error_code error;
  if (!fs::exists(out, error)) return;
  if (!fs::is_directory(out, error)) throw UsageError("'" + out.string() + "' is not a directory");
  if (!is_unused(out)) {
    const bool run = fs::exists(out / "config.ini", error);
    throw UsageError("'" + out.string() + "' is not empty" +
                     (run ? "; --resume " + out.string() + " goes on with the run in it"
                          : " and holds no run that --resume could go on with; name another directory"));
  }
}

}  // namespace

RunDirectory RunDirectory::create(const fs::path& out, const std::string& env, const std::string& algo) {
  if (!out.empty()) check_unused(out);
  RunDirectory run(out.empty() ? create_timestamped(kRuns / env / algo) : out);
  make_directories(run.path() / "checkpoints");
  if (out.empty()) point_latest_to(run.path());
  return run;
}

RunDirectory RunDirectory::open(const fs::path& named) {
  std::error_code error;
  RunDirectory run(named == "latest" && !fs::exists(named, error) ? kRuns / "latest" : named);
  // The newest run may change while this one is in use.
  if (fs::is_symlink(run.path_, error))
    run.path_ = run.path_.parent_path() / fs::read_symlink(run.path_, error);
  if (fs::exists(run.config(), error)) return run;
  throw UsageError("there is no run at '" + named.string() +
                   "': no config.ini in it; runs are kept in runs/");
}

Descriptor RunDirectory::lock() const {
  auto lock = lock_folder(path_);
  if (!lock) throw UsageError("'" + path_.string() + "' is in use by another training");
  return std::move(*lock);
}

fs::path RunDirectory::checkpoint(std::int64_t steps) const {
  return path_ / "checkpoints" / (std::to_string(steps) + ".safetensors");
}
fs::path RunDirectory::last() const { return path_ / "checkpoints" / "last.safetensors"; }
fs::path RunDirectory::best() const { return path_ / "checkpoints" / "best.safetensors"; }

void RunDirectory::save(std::int64_t steps, const Tensors& tensors) const {
  write_safetensors(checkpoint(steps), tensors);
  copy_file_atomically(checkpoint(steps), last());
}

void RunDirectory::save_best(const Tensors& tensors) const { write_safetensors(best(), tensors); }

void RunDirectory::write_manifest(int threads) const {
  const auto build = build_info();
  const nlohmann::ordered_json manifest = {
      {"version", build.version},
      {"git_hash", build.git_hash},
      {"compiler", build.compiler},
      {"cpu", cpu_model()},
      {"time", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)))},
      {"threads", threads},
  };
  write_file_atomically(this->manifest(), manifest.dump(2) + "\n");
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
