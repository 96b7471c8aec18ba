#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "agents/defaults.h"
#include "apps/app.h"
#include "apps/trained.h"
#include "apps/training.h"
#include "apps/unused_options.h"
#include "core/errors.h"
#include "core/file.h"
#include "core/safetensors.h"
#include "envs/registry.h"
#include "render/display.h"

namespace rhoam::apps {
namespace {

constexpr int kLooks = 100;  // into the optimizer, where the training is watched

/// Starts a window that follows the run in a process of its own, which goes on when the training has ended.
void open_beside(const std::filesystem::path& run) {
  const std::string words[] = {"rhoam", "watch", "--follow", run.string(), "--quiet"};
  std::vector<char*> argv;
  for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);  // who reads our output need not wait for the window
  posix_spawn_file_actions_addopen(&streams, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&streams, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (::isatty(STDERR_FILENO) == 0)
    posix_spawn_file_actions_addopen(&streams, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  const auto self = std::filesystem::read_symlink("/proc/self/exe");  // by its own name among the processes
  pid_t process = 0;
  const int error = ::posix_spawn(&process, self.c_str(), &streams, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  if (error != 0) throw core::IoError(fmt::format("cannot start the window: {}", std::strerror(error)));
}

/// Throws UsageError when the training cannot be watched from here.
void demand_display() {
  try {
    render::connect_display();
  } catch (const render::NoDisplay& error) {
    throw core::UsageError(std::string(error.what()) +
                           ": train without --watch, then rhoam watch RUN --record out.mp4");
  }
}

/// What `train` takes beside the options of the experiment.
struct TrainOptions {
  std::string env, algorithm, config, out, resume;
  int threads = 0;
  bool watch = false, quiet = false, json = false, help = false;
  bool drifting = false;  ///< some drift is declared; found by peek()

  void describe(core::Options& options) {
    options.section("What to train");
    options.add("env", env, "environment, instead of the first word");
    options.add("algo", algorithm, "reinforce, a2c or ppo; default: the best tuned one of the environment");
    options.add("config", config, "read options from this file; typed ones win");
    options.add("resume", resume,
                "continue the run in this directory; takes --threads, --watch, --quiet and --json only");
    options.add("out", out, "run directory; default: runs/<env>/<algo>/<time>");
    options.add("threads", threads, "threads, with the same result for any number; 0 is all cores",
                {.low = 0, .high = 1024});
    options.flag(
        "watch", watch,
        "open a window that follows the training, at the lowest priority, and stays when it has ended; looks "
        "into the optimizer, unless --introspect-every says when, a hundred times");
    options.flag("quiet", quiet, "print nothing but errors and what --json asks for");
    options.flag("json", json, "sum up the result as one JSON object on the last line");
    options.flag("help", help, "show this text; with an environment, its tuned defaults");
  }
  Runtime runtime(const Networks& networks) const {
    const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    return {.threads = threads > 0 ? threads : cores, .quiet = quiet, .networks = networks};
  }
};

/// A first look at the words, to learn which environment and algorithm the other options belong to.
TrainOptions peek(const std::vector<std::string>& args) {
  TrainOptions chosen;
  core::Options options;
  chosen.describe(options);
  bool flag =
      false;  // the word after an unknown option may be its value or the environment, but not that of a flag
  for (const auto& name : experiment_flags()) options.flag(name, flag, "");
  std::vector<std::string> drifts;
  options.list("drift", drifts, "");
  options.parse(args, args.size(), core::Unknown::skip);
  if (const auto config = options.given("config")) options.read_config(*config, core::Unknown::skip);
  options.apply();
  chosen.drifting = !drifts.empty();
  chosen.env = environment_of(options, chosen.env);
  return chosen;
}

nlohmann::ordered_json or_null(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

/// To the microsecond.
double rounded(double seconds) { return std::round(seconds * 1e6) / 1e6; }

/// ρ of the actor: the number that it starts with, or the text of one that finds itself.
nlohmann::ordered_json rho_json(const optim::OptimizerConfig& optimizer, double first) {
  if (std::isfinite(first)) return first;
  const auto rho = optim::chosen_rho(optimizer);
  return rho ? nlohmann::ordered_json(rho->to_string()) : nullptr;
}

nlohmann::ordered_json summary(const Experiment& experiment, const Outcome& outcome, const std::string& run) {
  const auto& optimizer = experiment.plan->actor_optimizer();
  return {
      {"env", experiment.env},
      {"algo", experiment.algorithm},
      {"optimizer", optimizer.recipe},
      {"rho", rho_json(optimizer, outcome.rho)},
      {"seed", experiment.seed},
      {"env_steps", outcome.clocks.steps},
      {"updates", outcome.clocks.updates},
      {"seconds", rounded(outcome.seconds)},
      {"steps_per_second", or_null(std::round(static_cast<double>(outcome.clocks.steps) / outcome.seconds))},
      {"return_mean_100", or_null(outcome.return_mean_100)},
      {"solved_at_steps",
       outcome.solved_at_steps ? nlohmann::ordered_json(*outcome.solved_at_steps) : nullptr},
      {"solved_at_seconds", or_null(rounded(outcome.solved_at_seconds))},
      {"final_eval_mean", or_null(outcome.final_eval_mean)},
      {"run", run}};
}

void print_outcome(std::FILE* out, const Experiment& experiment, const Outcome& outcome,
                   const std::string& run) {
  fmt::print(out, "{} {}: {} steps in {:.2f} s of training, final greedy return {:.1f} over {} episodes\n",
             experiment.env, experiment.algorithm, outcome.clocks.steps, outcome.seconds,
             outcome.final_eval_mean, experiment.eval_episodes);
  if (outcome.solved_at_steps)
    fmt::print(out, "solved after {} steps, {:.3g} s\n", *outcome.solved_at_steps, outcome.solved_at_seconds);
  else if (std::isfinite(envs::find_env(experiment.env).spec().reward_threshold))
    fmt::print(
        out, "not solved: that takes five evaluations of 100 episodes in a row at or above the threshold\n");
  fmt::print(out, "kept in {}; next: rhoam eval {}\n", run, run);
}

/// Says that the drift has brought other defaults than those that the environment has without one; empty
/// where it has not.
std::string drift_remark(const Experiment& experiment) {
  const auto usual = agents::default_options(experiment.env, agents::default_algorithm(experiment.env));
  if (agents::default_options(experiment.env, experiment.algorithm, true) == usual) return {};
  return fmt::format(
      "defaults are those of {} with {} in a world that drifts; --help beside --drift lists them\n",
      experiment.env, experiment.algorithm);
}

/// Trains to the end and reports; the exit code.
int finish(Training& training, const Experiment& experiment, const TrainOptions& chosen) {
  if (chosen.watch) open_beside(training.directory().path());
  if (!chosen.quiet)
    for (const auto& line : training.memories()) fmt::print(chosen.json ? stderr : stdout, "{}\n", line);
  const Outcome outcome = training.run();
  const std::string run = training.directory().path().string();
  if (outcome.interrupted_by != 0) {
    fmt::print(stderr,
               "rhoam: interrupted after {} steps, all saved; continue with: rhoam train --resume {}\n",
               outcome.clocks.steps, run);
  } else if (!chosen.quiet) {
    print_outcome(chosen.json ? stderr : stdout, experiment, outcome, run);
  }
  if (chosen.json) fmt::print("{}\n", to_text(summary(experiment, outcome, run)));
  return outcome.interrupted_by == 0 ? 0 : 128 + outcome.interrupted_by;
}

/// The experiment that a run's config.ini describes.
Experiment from_config(const std::string& path) {
  const TrainOptions first = peek({"--config", path});
  Experiment experiment(first.env, first.algorithm, first.drifting);
  core::Options options;
  experiment.describe(options);
  options.read_config(path, core::Unknown::skip);  // its env and algo are known by now
  options.apply();
  return experiment;
}

int resume(const Invocation& invocation) {
  TrainOptions chosen;
  core::Options options;
  chosen.describe(options);
  options.parse(invocation.args);
  options.apply();
  for (const char* name : {"env", "algo", "config", "out"})
    if (options.typed(name))
      throw core::UsageError(fmt::format("--resume continues a run as it was: --{} cannot be changed", name));
  if (chosen.watch) demand_display();  // refuses before anything is written
  const auto directory = core::RunDirectory::open(chosen.resume);
  const auto lock = directory.lock();
  const Runtime runtime = chosen.runtime(invocation.networks);
  const bool ended_before_first_checkpoint = !std::filesystem::exists(directory.last());
  if (ended_before_first_checkpoint) {  // nothing is lost by a fresh start
    Experiment experiment = from_config(directory.config().string());
    experiment.check(invocation.networks);
    Training training(experiment, directory, runtime);
    return finish(training, experiment, chosen);
  }
  const auto checkpoint = core::read_safetensors(directory.last());
  Experiment experiment = Experiment::of(checkpoint);
  std::vector logs{directory.metrics(), directory.events()};
  if (!experiment.drifts.empty()) logs.push_back(directory.drift());
  for (const auto& log : logs)
    if (!std::filesystem::exists(log))
      throw core::CorruptError(fmt::format("'{}' is missing: the run cannot go on", log.string()));
  if (experiment.config_text() != core::read_file(directory.config()))
    throw core::CorruptError(fmt::format("'{}' is of another training than '{}'", directory.last().string(),
                                         directory.config().string()));
  experiment.check(invocation.networks);
  Training training(experiment, directory, runtime, checkpoint);
  return finish(training, experiment, chosen);
}

}  // namespace

int run_train(const Invocation& invocation) {
  const TrainOptions first = peek(invocation.args);
  if (!first.resume.empty()) return resume(invocation);
  if (first.env.empty() && !first.help)
    throw core::UsageError("train needs an environment, such as CartPole-v1; 'rhoam list' names them all");

  Experiment experiment(first.env.empty() ? "CartPole-v1" : first.env, first.algorithm, first.drifting);
  TrainOptions chosen;
  core::Options options;
  chosen.describe(options);
  experiment.describe(options);
  options.parse(invocation.args, 1);
  if (!first.config.empty()) options.read_config(first.config);
  options.apply();
  if (chosen.help) {
    fmt::print(
        "Usage: rhoam train ENV-ID [options]\n       rhoam train --resume RUN\n\nDefaults are those of {} "
        "with {}{}.\n\n{}",
        experiment.env, experiment.algorithm, first.drifting ? " under drift" : "", options.help());
    return 0;
  }
  experiment.check(invocation.networks);
  if (!chosen.quiet)
    warn(unused_remark(experiment, {experiment.env, experiment.algorithm, first.drifting}, options));
  if (chosen.watch) demand_display();  // refuses before anything is written
  if (chosen.watch && !options.given("introspect-every"))
    experiment.introspect_every = std::max<std::int64_t>(1, experiment.steps / kLooks);
  const auto directory = core::RunDirectory::create(chosen.out, experiment.env, experiment.algorithm);
  const auto lock = directory.lock();
  const Runtime runtime = chosen.runtime(invocation.networks);
  core::write_file_atomically(directory.config(), experiment.config_text());
  directory.write_manifest(runtime.threads);
  Training training(experiment, directory, runtime);
  if (first.drifting && chosen.config.empty() && !chosen.quiet)
    fmt::print(chosen.json ? stderr : stdout, "{}", drift_remark(experiment));
  return finish(training, experiment, chosen);
}

}  // namespace rhoam::apps
