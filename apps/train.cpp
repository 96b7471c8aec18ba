#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "rhoam/agents/defaults.h"
#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/json.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/process.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/terminal.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/training/resume.h"
#include "rhoam/training/start_from.h"
#include "rhoam/training/trainer.h"
#include "rhoam/training/unused_options.h"

namespace rhoam::apps {
namespace {

constexpr int kLooks = 100;  // introspections of a watched training

/// Starts a window that follows the run, in a separate process that continues when the training has ended.
void open_beside(const std::filesystem::path& run) {
  const auto path = std::filesystem::path(".") / run;  // never taken for an option
  const std::vector<std::string> words{"rhoam", "watch", "--follow", path.string(), "--quiet"};
  core::start_detached(std::filesystem::read_symlink("/proc/self/exe"),
                       words);  // process lists show the name
}

/// Throws UsageError if the training cannot be watched on this display.
void demand_display(const Parts& parts) {
  try {
    windows_of(parts).check();
  } catch (const render::NoDisplay& error) {
    throw core::UsageError(std::string(error.what()) +
                           ": train without --watch, then rhoam watch RUN --record out.mp4");
  }
}

/// Options of `train` besides those of the training.
struct TrainOptions {
  std::string env, algorithm, config, out, resume, from, checkpoint;
  int threads = 0;
  bool watch = false, quiet = false, json = false, help = false;
  bool drifting = false;    ///< whether a drift is declared; found by peek()
  std::string config_text;  ///< of `config`, which may be a pipe; found by peek()

  void describe(core::Options& options) {
    options.section("What to train");
    options.add("env", env, "environment, instead of the first word");
    options.add("algo", algorithm, "reinforce, a2c or ppo; default: the best tuned one of the environment");
    options.add("config", config, "read options from this file; typed ones win");
    options.add(
        "resume", resume,
        "continue the run in this directory; with --steps N up to N steps, over which schedules without "
        "over= are then stretched; takes no other option but --keep-checkpoints, --threads, --watch, "
        "--quiet and --json");
    options.add("from", from,
                "begin with the weights of this run or checkpoint file, and with its statistics of "
                "normalised observations; its options are the defaults, the optimizer starts anew");
    options.add(
        "checkpoint", checkpoint,
        "which checkpoint of the run that --from names: best, last or a number of steps; default: best");
    options.add("out", out, "run directory; default: runs/<env>/<algo>/<time>");
    options.add(
        "threads", threads,
        "threads, with the same result for any number; 0 is one per usable processor, which is also the most",
        {.low = 0, .high = 1024});
    options.flag(
        "watch", watch,
        "open a window that follows the training, at the lowest priority, and stays when it has ended; looks "
        "into the optimizer, unless --introspect-every says when, a hundred times");
    options.flag("quiet", quiet, "print nothing but errors, warnings and what --json asks for");
    options.flag("json", json, "sum up the result as one JSON object on the last line");
    options.flag("help", help, "show this text; with an environment, its tuned defaults");
  }
  training::Runtime runtime(const agents::Networks& networks) const {
    return {.threads = core::pool_size(threads), .quiet = quiet, .networks = networks};
  }
};

/// Parses the arguments a first time, for the environment and algorithm that the other options belong to.
TrainOptions peek(const std::vector<std::string>& args) {
  TrainOptions chosen;
  core::Options options;
  chosen.describe(options);
  training::ignore_switches(options);  // the word after an unknown option may be its value or the environment
  std::vector<std::string> drifts;
  options.list("drift", drifts, "");
  options.parse(args, args.size(), core::Unknown::skip);
  if (const auto config = options.given("config")) {
    chosen.config_text = core::read_config_file(*config);
    options.read_config_text(chosen.config_text, *config, core::Unknown::skip);
  }
  options.apply();
  chosen.drifting = !drifts.empty();
  chosen.env = training::environment_of(options, chosen.env);
  return chosen;
}

/// Rounded to microseconds.
double rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

/// ρ of the actor: its initial number, or the text of an automatic rule.
nlohmann::ordered_json rho_json(const optim::OptimizerConfig& optimizer, double first) {
  if (std::isfinite(first)) return first;
  const auto rho = optim::chosen_rho(optimizer);
  return rho ? nlohmann::ordered_json(rho->to_string()) : nullptr;
}

nlohmann::ordered_json summary(const training::TrainingConfig& config, const training::Outcome& outcome,
                               const std::string& run) {
  const auto& optimizer = config.plan->actor_optimizer();
  return {{"env", config.env},
          {"algo", config.algorithm},
          {"optimizer", optimizer.recipe},
          {"rho", rho_json(optimizer, outcome.rho)},
          {"seed", config.seed},
          {"env_steps", outcome.clocks.steps},
          {"updates", outcome.clocks.updates},
          {"seconds", rounded(outcome.elapsed.training)},
          {"steps_per_second", std::round(outcome.steps_per_second())},
          {"return_mean_100", outcome.return_mean_100},
          {"solved_at_steps",
           outcome.solved_at_steps ? nlohmann::ordered_json(*outcome.solved_at_steps) : nullptr},
          {"solved_at_seconds", rounded(outcome.solved_at_seconds)},
          {"final_eval_mean", outcome.final_eval_mean},
          {"run", run},
          {"eval_seconds", rounded(outcome.elapsed.evaluation)},
          {"wall_seconds", rounded(outcome.elapsed.wall())}};
}

void print_outcome(std::FILE* out, const training::TrainingConfig& config, const training::Outcome& outcome,
                   const std::string& run) {
  fmt::print(out,
             "{} {}: {} steps in {:.2f} s of training + {:.2f} s of evaluation ({} steps/s), final greedy "
             "return {:.1f} over {} episodes\n",
             config.env, config.algorithm, outcome.clocks.steps, outcome.elapsed.training,
             outcome.elapsed.evaluation, core::rate_text(outcome.steps_per_second()), outcome.final_eval_mean,
             config.eval_episodes);
  if (outcome.solved_at_steps)
    fmt::print(out, "solved after {} steps, {:.3g} s\n", *outcome.solved_at_steps, outcome.solved_at_seconds);
  else if (std::isfinite(envs::find_env(config.env).spec().reward_threshold))
    fmt::print(
        out, "not solved: that takes five evaluations of 100 episodes in a row at or above the threshold\n");
  fmt::print(out, "saved to {}; next: rhoam eval {}\n", run, core::shell_path(run));
}

/// Says that drift has changed the defaults of the environment; empty if it has not.
std::string drift_remark(const training::TrainingConfig& config) {
  const auto usual = agents::default_options(config.env, agents::default_algorithm(config.env));
  if (agents::default_options(config.env, config.algorithm, true) == usual) return {};
  return fmt::format(
      "defaults are those of {} with {} in a world that drifts; --help beside --drift lists them\n",
      config.env, config.algorithm);
}

/// Trains to the end and reports. Returns the exit code.
int finish(training::Trainer& training, const training::TrainingConfig& config, const TrainOptions& chosen) {
  if (chosen.watch) open_beside(training.directory().path());
  if (!chosen.quiet)
    for (const auto& line : training.memories()) fmt::print(chosen.json ? stderr : stdout, "{}\n", line);
  const training::Outcome outcome = training.run();
  const std::string run = training.directory().path().string();
  if (outcome.interrupted_by != 0) {
    fmt::print(stderr,
               "rhoam: interrupted after {} steps, all saved; continue with: rhoam train --resume {}\n",
               outcome.clocks.steps, core::shell_path(run));
  } else if (!chosen.quiet) {
    print_outcome(chosen.json ? stderr : stdout, config, outcome, run);
  }
  if (chosen.json) fmt::print("{}\n", core::to_text(summary(config, outcome, run)));
  return outcome.interrupted_by == 0 ? 0 : 128 + outcome.interrupted_by;
}

/// Options that a resumed run may change.
constexpr std::string_view kResumable[] = {"resume", "steps", "keep-checkpoints", "threads", "watch", "quiet",
                                           "json",   "help"};

/// Reads the arguments besides --resume RUN. Returns whether they change the training.
bool read_resume_options(const std::vector<std::string>& args, training::TrainingConfig& config) {
  TrainOptions again;
  core::Options options;
  again.describe(options);
  config.describe(options);
  options.parse(args);
  options.apply();
  for (const auto& name : options.names())
    if (options.typed(name) && std::ranges::count(kResumable, name) == 0)
      throw core::UsageError(fmt::format(
          "--resume continues a run as it was: --{} cannot be changed; --from {} begins a new run "
          "with its weights",
          name, core::shell_path(again.resume)));
  return options.typed("steps") || options.typed("keep-checkpoints");
}

/// Says that a run is finished, or its new length if that has changed; else empty.
std::string length_remark(training::ResumePoint& point, const std::string& run) {
  auto& config = point.config;
  if (point.steps >= config.steps)
    return fmt::format(
        "the run is finished: {} of {} steps; to train longer: rhoam train --resume {} --steps {}\n",
        point.steps, config.steps, core::shell_path(run), 2 * point.steps);
  if (config.steps == point.planned) return {};
  const auto names = training::bound_to_length(config);
  return fmt::format(
      "continues after {} steps, up to {} instead of {}{}\n", point.steps, config.steps, point.planned,
      names.empty() ? "" : "; stretched to the new length, so that it jumps here: " + core::join(names));
}

/// Warns if the file system lacks locks or syncing, which keep a run safe.
void warn_of_file_system(const training::RunDirectory& run, const core::Lock& lock) {
  if (!lock.exclusive)
    core::print_warning(
        fmt::format("no locks at '{}': nothing keeps another training out", run.path().string()));
  if (!core::syncs(run.path()) || !core::syncs(run.config()))
    core::print_warning(
        fmt::format("'{}' cannot be synced: a power cut may take its newest files", run.path().string()));
}

/// The text of config.ini.
std::string config_file(training::TrainingConfig& config, const std::string& from) {
  const auto text = config.config_text();
  return from.empty() ? text : fmt::format("from = {}\n", from) + text;
}

/// Throws UsageError if the new length is less than the steps already done.
void check_length(const training::ResumePoint& point) {
  const auto wanted = point.config.steps;
  if (wanted < point.steps && wanted != point.planned)
    throw core::UsageError(fmt::format("--steps {}: the run has done {} steps already", wanted, point.steps));
}

/// The trainer that continues a run. Throws before any file is changed.
std::unique_ptr<training::Trainer> continued(training::ResumePoint& point, const training::RunDirectory& run,
                                             const training::Runtime& runtime) {
  if (point.checkpoint)
    return std::make_unique<training::Trainer>(point.config, run, runtime, *point.checkpoint);
  for (const auto& log : {run.metrics(), run.events(), run.drift()})
    std::filesystem::remove(log);  // contains no row
  return std::make_unique<training::Trainer>(point.config, run, runtime);
}

int resume(const Invocation& invocation, const TrainOptions& chosen) {
  if (chosen.watch) demand_display(invocation.parts);
  const auto directory = training::RunDirectory::open(chosen.resume);
  const auto lock = directory.lock();
  auto point = training::find_resume_point(directory, invocation.parts.networks);
  const bool changes = read_resume_options(invocation.args, point.config);
  check_length(point);
  training::check(point.config, invocation.parts.networks);
  const training::Runtime runtime = chosen.runtime(invocation.parts.networks);
  const auto training = continued(point, directory, runtime);
  if (changes || !std::filesystem::exists(directory.config()))
    core::write_file_atomically(directory.config(), config_file(point.config, directory.from()));
  if (!std::filesystem::exists(directory.manifest())) directory.write_manifest(runtime.threads);
  if (point.checkpoint && point.file != directory.last())
    core::write_file_atomically(directory.last(), core::read_file(point.file));
  for (const auto& note : point.notes) core::print_error(note);
  warn_of_file_system(directory, lock);
  if (!chosen.quiet)
    fmt::print(chosen.json ? stderr : stdout, "{}", length_remark(point, directory.path().string()));
  return finish(*training, point.config, chosen);
}

/// The source of the weights that --from names; nothing without --from.
std::optional<training::Source> source_of(const TrainOptions& first, const agents::Networks& networks) {
  if (!first.checkpoint.empty() && first.from.empty())
    throw core::UsageError("--checkpoint says which of --from RUN: give that, too");
  if (first.from.empty()) return std::nullopt;
  return training::find_source(first.from, first.checkpoint.empty() ? "best" : first.checkpoint, networks);
}

/// The training before the arguments are read: that of the source if there is one.
struct Beginning {
  training::TrainingConfig config;
  bool has_reward_scale;  ///< whether it is the source's, for normalised rewards
};
Beginning begin_training(const TrainOptions& first, std::optional<training::Source>& source) {
  const auto or_source = [&](const std::string& given, std::string training::TrainingConfig::*member) {
    return given.empty() && source ? source->config.*member : given;
  };
  const auto env = or_source(first.env, &training::TrainingConfig::env);
  training::TrainingConfig config(env.empty() ? "CartPole-v1" : env,
                                  or_source(first.algorithm, &training::TrainingConfig::algorithm),
                                  first.drifting);
  const bool all = source && training::take_options(*source, config);
  return {std::move(config), all && source->config.normalize_reward};
}

}  // namespace

int run_train(const Invocation& invocation) {
  const TrainOptions first = peek(invocation.args);
  if (!first.resume.empty() && !first.help) return resume(invocation, first);
  if (first.env.empty() && first.from.empty() && !first.help)
    throw core::UsageError("train needs an environment, such as CartPole-v1; 'rhoam list' names them all");

  auto source = source_of(first, invocation.parts.networks);
  auto [config, has_reward_scale] = begin_training(first, source);
  TrainOptions chosen;
  core::Options options;
  chosen.describe(options);
  config.describe(options);
  options.parse(invocation.args, 1);
  if (!first.config.empty()) options.read_config_text(first.config_text, first.config);
  options.apply();
  if (!has_reward_scale) config.drop_tuned_reward_scale(options);
  if (chosen.help) {
    fmt::print(
        "Usage: rhoam train ENV-ID [options]\n       rhoam train --resume RUN\n       rhoam train --from "
        "RUN|FILE [options]\n\nDefaults are those of {} with {}{}.\n\n{}",
        config.env, config.algorithm, first.drifting ? " under drift" : "", options.help());
    return 0;
  }
  training::check(config, invocation.parts.networks);
  if (source) training::check_weights(*source, config, invocation.parts.networks);
  if (!chosen.quiet)
    core::print_warning(
        training::unused_remark(config, {config.env, config.algorithm, first.drifting}, options));
  if (chosen.watch) demand_display(invocation.parts);  // throws before anything is written
  if (chosen.watch && !options.given("introspect-every"))
    config.introspect_every = std::max<std::int64_t>(1, config.steps / kLooks);
  const auto from = source ? std::filesystem::weakly_canonical(source->file).string() : "";
  const auto directory = training::RunDirectory::create(chosen.out, config.env, config.algorithm);
  const training::Runtime runtime = chosen.runtime(invocation.parts.networks);
  const auto lock = directory.begin(config_file(config, from), runtime.threads, from);
  warn_of_file_system(directory, lock);
  if (chosen.out.empty()) core::print_warning(directory.make_latest());
  training::Trainer training(config, directory, runtime, source ? &source->checkpoint : nullptr);
  if (first.drifting && chosen.config.empty() && !source && !chosen.quiet)
    fmt::print(chosen.json ? stderr : stdout, "{}", drift_remark(config));
  if (!config.remark.empty() && !chosen.quiet)
    fmt::print(chosen.json ? stderr : stdout, "{}\n", config.remark);
  return finish(training, config, chosen);
}

}  // namespace rhoam::apps
