#include "rhoam/training/resume.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/tensorboard.h"
#include "rhoam/core/text.h"
#include "rhoam/training/checkpoint.h"

namespace rhoam::training {
namespace {

namespace fs = std::filesystem;

/// Advice where a run cannot be resumed.
std::string from_hint(const RunDirectory& run) {
  return fmt::format("a new run begins with its weights by: rhoam train --from {}",
                     core::shell_path(run.path()));
}

/// Every checkpoint that could stand in for `file`, the best choice first.
std::vector<fs::path> stand_ins(const RunDirectory& run, const fs::path& file) {
  std::vector<fs::path> files;
  for (const auto& [steps, numbered] : numbered_checkpoints(run.path()))
    files.insert(files.begin(), numbered);
  std::error_code error;
  if (fs::is_regular_file(run.best(), error)) files.push_back(run.best());
  std::erase(files, file);
  return files;
}

[[noreturn]] void refuse_checkpoint(const RunDirectory& run, const fs::path& file, const std::string& why) {
  const auto others = stand_ins(run, file);
  throw core::CorruptError(why + (others.empty() ? "; no other checkpoint is left"
                                                 : fmt::format("; move it away to go on from {}",
                                                               others.front().filename().string())));
}

core::Tensors read_checkpoint(const RunDirectory& run, const fs::path& file) {
  if (!fs::is_regular_file(file)) refuse_checkpoint(run, file, fmt::format("'{}' is no file", file.string()));
  try {
    return core::read_safetensors(file);
  } catch (const core::CorruptError& error) {
    refuse_checkpoint(run, file, error.what());
  }
}

/// Throws CorruptError where something was trained but no checkpoint is left.
void demand_fresh(const RunDirectory& run) {
  const auto lines = [](const fs::path& file) {
    std::error_code error;
    const auto text = fs::is_regular_file(file, error) ? core::read_file(file) : "";
    return std::ranges::count(text, '\n');
  };
  if (const auto from = run.from(); !from.empty())
    throw core::CorruptError(
        fmt::format("'{}' has no checkpoint with the weights of '{}' that it began with: begin again in "
                    "another directory",
                    run.path().string(), from));
  if (lines(run.metrics()) <= 1 && lines(run.drift()) <= 2 && !core::holds_events(run.events())) return;
  throw core::CorruptError(
      fmt::format("'{}' has logs but no checkpoint to go on from; begin again in another directory by: rhoam "
                  "train --config {}",
                  run.path().string(), core::shell_path(run.config())));
}

std::int64_t rows_of(const core::Tensors& checkpoint, const std::string& name) {
  std::int64_t rows = 0;
  if (checkpoint.contains(name)) checkpoint.get(name, std::span(&rows, 1));
  return rows;
}

/// Throws CorruptError when a log that the checkpoint relies on is missing or empty.
void demand_logs(const RunDirectory& run, const core::Tensors& checkpoint) {
  const auto demand = [&](const fs::path& log, std::int64_t rows) {
    std::error_code error;
    if (rows > 0 && (!fs::is_regular_file(log) || fs::file_size(log, error) == 0))
      throw core::CorruptError(fmt::format("'{}' is missing or empty: bring it back to resume, or {}",
                                           log.string(), from_hint(run)));
  };
  const auto rows = rows_of(checkpoint, "log/rows");
  demand(run.metrics(), rows);
  demand(run.events(), rows);
  demand(run.drift(), rows_of(checkpoint, "drift_log/rows"));
}

/// Applies what config.ini may change; throws CorruptError where it describes another training.
void follow_config(TrainingConfig& config, TrainingConfig wanted, const fs::path& file,
                   const RunDirectory& run) {
  config.steps = wanted.steps;
  config.keep_checkpoints = wanted.keep_checkpoints;
  const auto ours = core::split(config.config_text(), '\n'), theirs = core::split(wanted.config_text(), '\n');
  const auto [our, their] = std::ranges::mismatch(ours, theirs);
  if (our == ours.end() && their == theirs.end()) return;
  throw core::CorruptError(fmt::format(
      "'{}' is of another training than '{}': '{}' there, '{}' here; only steps and keep-checkpoints may be "
      "changed, or {}",
      file.string(), run.config().string(), our == ours.end() ? "" : *our,
      their == theirs.end() ? "" : *their, from_hint(run)));
}

/// Without them the training would end at the default length.
void demand_steps(const RunDirectory& run) {
  core::Options options;
  std::string steps;
  options.add("steps", steps, "");
  options.read_config(run.config(), core::Unknown::skip);
  if (!options.given("steps"))
    throw core::UsageError(
        fmt::format("'{}' has no line 'steps = N': put it back, or remove the file, which is "
                    "then written again from the checkpoint",
                    run.config().string()));
}

/// The checkpoint to resume from, if any.
std::optional<fs::path> choose_checkpoint(const RunDirectory& run, std::vector<std::string>& notes) {
  std::error_code error;
  if (fs::status(run.last(), error).type() != fs::file_type::not_found) return run.last();
  const auto others = stand_ins(run, run.last());
  if (others.empty()) return std::nullopt;
  notes.push_back(fmt::format("'{}' is missing: going on from {}", run.last().string(),
                              others.front().filename().string()));
  return others.front();
}

bool had_a_best(const core::Tensors& checkpoint) {
  double scores[2];
  checkpoint.get("evaluation/scores", std::span<double>(scores));
  return std::isfinite(scores[0]);
}

}  // namespace

ResumePoint find_resume_point(const RunDirectory& run, const agents::Networks& networks) {
  std::vector<std::string> notes;
  const auto file = choose_checkpoint(run, notes);
  if (!file) {
    demand_fresh(run);
    notes.push_back(
        fmt::format("'{}' has no checkpoint and no logged row: starting afresh", run.path().string()));
    auto config = TrainingConfig::from_config(run.config());
    const auto planned = config.steps;
    return {{}, std::nullopt, std::move(config), planned, 0, notes};
  }
  auto checkpoint = read_checkpoint(run, *file);
  auto config = config_of(checkpoint, networks);
  if (checkpoint.metadata.at("format") == TrainingConfig::kFirstFormat)
    throw core::CorruptError(
        fmt::format("'{}' was written by an older rhoam, whose trainings cannot go on: {}", file->string(),
                    from_hint(run)));
  const auto planned = config.steps;
  demand_logs(run, checkpoint);
  if (std::filesystem::exists(run.config())) {
    demand_steps(run);
    follow_config(config, TrainingConfig::from_config(run.config(), core::Unknown::reject), *file, run);
  } else {
    notes.push_back(
        fmt::format("'{}' was missing: written again from the checkpoint", run.config().string()));
  }
  if (!std::filesystem::exists(run.best()) && had_a_best(checkpoint))
    notes.push_back(
        fmt::format("'{}' is missing: only a better evaluation writes it again", run.best().string()));
  const auto steps = steps_of(checkpoint);
  return {*file, std::move(checkpoint), std::move(config), planned, steps, notes};
}

std::vector<std::string> bound_to_length(TrainingConfig& config) {
  const auto parses = [](const std::string& text, const core::ScheduleContext& context) {
    try {
      core::parse_schedule(text, context);
      return true;
    } catch (const core::UsageError&) {
      return false;
    }
  };
  std::vector<std::string> names;
  for (const auto& [option, texts] : config.options())
    for (const auto& value : texts) {
      const auto colon = option == "drift" ? value.find(':') : value.npos;
      const auto schedule = value.substr(colon + 1);  // all of it without a colon
      if (parses(schedule, core::kUnbound) && !parses(schedule, {}))
        names.push_back(colon == value.npos ? option : option + " of " + value.substr(0, colon));
    }
  return names;
}

}  // namespace rhoam::training
