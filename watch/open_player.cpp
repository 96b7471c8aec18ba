#include "rhoam/watch/open_player.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <set>
#include <system_error>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/core/options.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/training/run_directory.h"
#include "rhoam/watch/replay.h"

namespace rhoam::watch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostDifferences = 3;  // in a title

bool is_environment(const std::string& word) {
  std::error_code error;
  return std::ranges::count(envs::env_ids(), word) > 0 && !fs::exists(word, error);
}

Player make_replay_player(const core::Tensors& file) {
  Replay replay = replay_of(file);
  const auto spec = envs::find_env(replay.setting.env).spec();
  return {.title = "replay",
          .setting = std::move(replay.setting),
          .controller = make_random_controller(spec.action),
          .script = std::move(replay.episodes)};
}

constexpr const char* kEnv = "env";
constexpr const char* kAlgorithm = "algo";
constexpr const char* kSteps = "steps trained";
constexpr const char* kLeaveNoTrace[] = {"checkpoint-every", "keep-checkpoints",
                                         "introspect-every"};  // no effect on what is learned

using Settings = std::map<std::string, std::string>;

/// The options of a training by name.
Settings options_of(training::TrainingConfig& config) {
  Settings options{{kEnv, config.env}, {kAlgorithm, config.algorithm}};
  for (const auto& [name, texts] : config.options()) options[name] = core::join(texts);
  return options;
}

/// The options that the same training has by default.
Settings defaults_of(const training::TrainingConfig& config) {
  training::TrainingConfig plain(config.env, config.algorithm, !config.drifts.empty());
  return options_of(plain);
}

/// Options of a training that differ from the defaults of its environment and algorithm.
std::set<std::string> chosen_in(training::TrainingConfig& config) {
  std::set<std::string> names{kEnv, kAlgorithm, kSteps};
  const auto defaults = defaults_of(config);
  for (const auto& [name, value] : options_of(config))
    if (const auto found = defaults.find(name); found == defaults.end() || found->second != value)
      names.insert(name);
  for (const char* name : kLeaveNoTrace) names.erase(name);
  return names;
}

bool differs(const std::vector<Settings>& all, const std::string& name) {
  const auto value_of = [&](const Settings& settings) {
    const auto found = settings.find(name);
    return found == settings.end() ? std::string() : found->second;
  };
  return std::ranges::any_of(all, [&](const auto& one) { return value_of(one) != value_of(all.front()); });
}

/// The chosen options in which they differ: environment and algorithm first, the steps only if there are no
/// others.
std::vector<std::string> differing(const std::vector<Settings>& all, const std::set<std::string>& chosen) {
  std::vector<std::string> names;
  for (const char* name : {kEnv, kAlgorithm})
    if (differs(all, name)) names.emplace_back(name);
  for (const auto& name : chosen)
    if (name != kEnv && name != kAlgorithm && name != kSteps && differs(all, name)) names.push_back(name);
  if (names.empty() && differs(all, kSteps)) names.emplace_back(kSteps);
  return names;
}

std::string title_of(const Settings& options, const std::vector<std::string>& names) {
  std::vector<std::string> parts;
  for (const auto& name : names) {
    if (parts.size() == kMostDifferences) {
      parts.emplace_back("…");
      break;
    }
    const auto found = options.find(name);
    parts.push_back(name + " " + (found == options.end() || found->second.empty() ? "–" : found->second));
  }
  return core::join(parts, " · ");
}

}  // namespace

OpenedPlayer open_player(const std::string& word, const std::string& checkpoint,
                         const agents::Networks& networks) {
  if (is_environment(word)) return {.player = make_random_player(word)};
  std::error_code error;
  if (word != "latest" && fs::status(word, error).type() == fs::file_type::not_found)
    throw core::UsageError(fmt::format("there is no run, checkpoint, replay or environment '{}'{}",
                                       core::shortened(word), core::did_you_mean(word, envs::env_ids())));
  const auto file = training::find_checkpoint(word, checkpoint);
  auto tensors = core::read_safetensors(file);
  if (is_replay(tensors)) return {.player = make_replay_player(tensors), .file = file};
  OpenedPlayer candidate{.player = make_trainee(std::move(tensors), word, networks), .file = file};
  if (!fs::is_regular_file(training::follow_latest(word))) candidate.run = file.parent_path().parent_path();
  return candidate;
}

std::vector<fs::path> checkpoints_of(const fs::path& run) {
  const auto by_steps = training::numbered_checkpoints(run);
  if (by_steps.empty())
    throw core::UsageError(fmt::format("'{}' has no checkpoints with a number of steps", run.string()));
  std::vector<fs::path> files;
  for (const auto& [steps, file] : by_steps) files.push_back(file);
  return files;
}

std::optional<fs::path> newest_run(const std::string& env) {
  std::optional<fs::path> newest;
  fs::file_time_type newest_time;
  std::error_code error;
  for (const auto& algorithm : fs::directory_iterator(fs::path("runs") / env, error)) {
    for (const auto& run : fs::directory_iterator(algorithm.path(), error)) {
      auto time = fs::last_write_time(run.path() / "checkpoints" / "best.safetensors", error);
      if (error) time = fs::last_write_time(run.path() / "checkpoints" / "last.safetensors", error);
      if (error || (newest && time <= newest_time)) continue;
      newest = run.path();
      newest_time = time;
    }
  }
  return newest;
}

void tell_apart(std::vector<OpenedPlayer>& candidates) {
  std::vector<Settings> all;
  std::set<std::string> chosen;
  for (auto& [player, run, file] : candidates)
    if (player.trainee) {
      all.push_back(options_of(player.trainee->config));
      all.back()[kSteps] = std::to_string(player.trainee->steps);
      chosen.merge(chosen_in(player.trainee->config));
    }
  const auto names = differing(all, chosen);
  std::size_t next = 0;
  for (auto& [player, run, file] : candidates)
    if (player.trainee)
      if (auto title = title_of(all[next++], names); !title.empty()) player.title = std::move(title);
}

Follower::Follower(const OpenedPlayer& followed, const agents::Networks& networks)
    : run_(followed.run),
      env_(followed.player.setting.env),
      networks_(networks),
      steps_(followed.player.trainee->steps) {}

bool Follower::gone() const {
  std::error_code error;
  return !fs::is_directory(run_, error);
}

std::optional<std::string> Follower::displaced_by() const {
  std::string env = env_;
  core::Options options;
  options.add("env", env, "");
  try {
    options.read_config(run_ / "config.ini", core::Unknown::skip);
    options.apply();
  } catch (const core::Error&) {  // gone, or not yet complete
    return std::nullopt;
  }
  return env.empty() || env == env_ ? std::nullopt : std::optional(env);
}

std::optional<Player> Follower::newest() {
  const auto file = run_ / "checkpoints" / "last.safetensors";
  std::error_code error;
  const auto written = fs::last_write_time(file, error);
  if (error || written == seen_) return std::nullopt;
  try {
    auto player = make_trainee(core::read_safetensors(file), run_.string(), networks_);
    seen_ = written;
    if (player.setting.env != env_ || std::exchange(steps_, player.trainee->steps) == player.trainee->steps)
      return std::nullopt;
    return player;
  } catch (const core::Error&) {  // gone, or no longer of a training: the next call may find another
    return std::nullopt;
  }
}

}  // namespace rhoam::watch
