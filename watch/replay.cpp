#include "rhoam/watch/replay.h"

#include <fmt/core.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <system_error>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/render/video/recorder.h"

namespace rhoam::watch {
namespace {

constexpr char kBetween = '\n';  // separates the lines of a list
constexpr std::int64_t kMostClock = std::int64_t{1} << 50;

void demand(bool condition, const char* what) {
  if (!condition) throw core::CorruptError(fmt::format("the replay is damaged: {}", what));
}

const std::string& field(const core::Tensors& file, const std::string& name) {
  const auto found = file.metadata.find(name);
  demand(found != file.metadata.end(), "something is missing");
  return found->second;
}

std::vector<std::string> lines(const std::string& text) {
  return text.empty() ? std::vector<std::string>{} : core::split(text, kBetween);
}

std::string joined(const std::vector<std::string>& texts) {
  return core::join(texts, std::string(1, kBetween));
}

double number(const core::Tensors& file, const std::string& name) {
  const auto value = core::parse_double(field(file, name));
  demand(value && *value >= 0, "a number");
  return *value;
}

std::size_t floats_in(const core::Tensors& file, const std::string& name) {
  const auto found = file.all().find(name);
  demand(found != file.all().end() && found->second.type == core::ElementType::f32, "actions");
  return found->second.bytes.size() / sizeof(float);
}

std::string changes_text(const Episode& episode) {
  std::vector<std::string> texts;
  for (const auto& [step, param, value] : episode.changes)
    texts.push_back(fmt::format("{} {}={}", step, param, core::format_double(value)));
  return joined(texts);
}

Episode::Change parse_change(const std::string& line) {
  const auto space = line.find(' ');
  demand(space != std::string::npos, "a change");
  const auto step = core::parse_integer<std::int64_t>(line.substr(0, space));
  demand(step && *step >= 0, "a change");
  const auto setting = training::parse_params({line.substr(space + 1)}).front();
  return {*step, setting.name, setting.value};
}

void put_episode(const Episode& episode, const std::string& prefix, core::Tensors& out) {
  const std::int64_t clocks[] = {episode.start.steps, episode.start.updates, episode.start.episodes};
  out.put(prefix + "seed", std::span<const std::uint64_t>(&episode.seed, 1));
  out.put(prefix + "clocks", std::span<const std::int64_t>(clocks));
  out.put(prefix + "actions", std::span<const float>(episode.actions));
  out.put(prefix + "hashes", std::span<const std::uint64_t>(episode.hashes));
  out.put(prefix + "return", std::span<const double>(&episode.episode_return, 1));
  out.metadata[prefix + "changes"] = changes_text(episode);
}

Episode get_episode(const core::Tensors& file, const std::string& prefix) {
  Episode episode;
  std::int64_t clocks[3];
  file.get(prefix + "clocks", std::span<std::int64_t>(clocks));
  for (const auto clock : clocks) demand(clock >= 0 && clock <= kMostClock, "a clock");
  episode.start = {.steps = clocks[0], .updates = clocks[1], .episodes = clocks[2]};
  file.get(prefix + "seed", std::span(&episode.seed, 1));
  file.get(prefix + "return", std::span(&episode.episode_return, 1));
  episode.actions.resize(floats_in(file, prefix + "actions"));
  file.get(prefix + "actions", std::span(episode.actions));
  episode.hashes = file.words(prefix + "hashes");
  for (const auto& line : lines(field(file, prefix + "changes")))
    episode.changes.push_back(parse_change(line));
  demand(std::ranges::is_sorted(episode.changes, {}, &Episode::Change::step), "changes");
  return episode;
}

std::string episode_prefix(std::int64_t number) { return fmt::format("episode/{}/", number); }

Replay read(const core::Tensors& file) {
  Replay replay;
  auto& setting = replay.setting;
  setting.env = field(file, "env");
  setting.origin = origin_of(file);
  setting.params = lines(field(file, "params"));
  setting.drifts = lines(field(file, "drifts"));
  const auto seed = core::parse_integer<std::uint64_t>(field(file, "drift_seed"));
  demand(seed.has_value(), "a seed");
  setting.drift_seed = *seed;
  setting.whole_steps = number(file, "whole_steps");
  setting.updates_per_step = number(file, "updates_per_step");
  make_world(setting);  // throws on an invalid one
  for (std::int64_t i = 0; file.contains(episode_prefix(i) + "seed"); ++i)
    replay.episodes.push_back(get_episode(file, episode_prefix(i)));
  demand(!replay.episodes.empty(), "it holds no episode");
  return replay;
}

}  // namespace

core::Tensors to_tensors(const Replay& replay) {
  const auto& setting = replay.setting;
  core::Tensors out = setting.origin;
  out.metadata["format"] = Replay::kFormat;
  out.metadata["env"] = setting.env;
  out.metadata["params"] = joined(setting.params);
  out.metadata["drifts"] = joined(setting.drifts);
  out.metadata["drift_seed"] = std::to_string(setting.drift_seed);
  out.metadata["whole_steps"] = core::format_double(setting.whole_steps);
  out.metadata["updates_per_step"] = core::format_double(setting.updates_per_step);
  for (std::size_t i = 0; i < replay.episodes.size(); ++i)
    put_episode(replay.episodes[i], episode_prefix(static_cast<std::int64_t>(i)), out);
  return out;
}

void check_replay(const std::string& path) {
  std::error_code error;
  if (render::ending_of(path) != ".replay" || std::filesystem::is_directory(path, error))
    throw core::UsageError("cannot keep a replay in '" + path +
                           "': name a file that ends in .replay, such as mine.replay");
  render::check_folder_of(path);
}

bool is_replay(const core::Tensors& file) {
  const auto format = file.metadata.find("format");
  return format != file.metadata.end() && format->second == Replay::kFormat;
}

Replay replay_of(const core::Tensors& file) {
  try {
    return read(file);
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
}

}  // namespace rhoam::watch
