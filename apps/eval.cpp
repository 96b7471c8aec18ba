#include <fmt/core.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "rhoam/agents/evaluate.h"
#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/statistics.h"
#include "rhoam/training/checkpoint.h"

namespace rhoam::apps {
namespace {

struct EvalOptions {
  int episodes = 100;
  std::uint64_t seed = 0;
  bool stochastic = false, quiet = false, json = false, help = false;
  int threads = 0;
  std::string checkpoint = "best";

  void describe(core::Options& options) {
    options.section("Evaluation");
    options.add("episodes", episodes, "episodes to play", {.low = 1, .high = 1 << 24});
    options.add("seed", seed, "seed of the starts, apart from all training seeds");
    options.flag("stochastic", stochastic, "sample actions; otherwise the most probable one");
    options.add("checkpoint", checkpoint, "which of a run's checkpoints: best, last or a number of steps");
    options.add("threads", threads, "threads; 0 is one per usable processor", {.low = 0, .high = 1024});
    options.flag("quiet", quiet, "print nothing but errors and what --json asks for");
    options.flag("json", json, "sum up the result as one JSON object on the last line");
    options.flag("help", help, "show this text");
  }
};

}  // namespace

int run_eval(const Invocation& invocation) {
  EvalOptions chosen;
  core::Options options;
  chosen.describe(options);
  options.parse(invocation.args, 1);
  options.apply();
  if (chosen.help) {
    fmt::print("Usage: rhoam eval RUN|FILE [options]\n\n{}", options.help());
    return 0;
  }
  if (options.positional().empty())
    throw core::UsageError("eval needs a run directory or a checkpoint, such as runs/latest");

  const auto path = training::find_checkpoint(options.positional()[0], chosen.checkpoint);
  const auto checkpoint = core::read_safetensors(path);
  core::ThreadPool pool(chosen.threads);
  auto trained =
      training::load_trained(checkpoint, std::min(chosen.episodes, 100), invocation.parts.networks, &pool);
  const auto played =
      agents::evaluate(trained.agent->policy(), *trained.world.env,
                       {.episodes = chosen.episodes,
                        .seed = core::Stream(chosen.seed, core::Purpose::evaluation,
                                             std::uint64_t{1} << 63)(),  // out of reach of training steps
                        .greedy = !chosen.stochastic});

  const double mean = core::mean(played.returns);
  const double deviation = core::standard_deviation(played.returns);  // of a single episode NaN, in JSON null
  const double iqm = core::interquartile_mean(played.returns), length = core::mean(played.lengths);
  if (!chosen.quiet)
    fmt::print(chosen.json ? stderr : stdout,
               "{} after {} steps ({}), {} {} episodes: return {:.1f}{}, IQM {:.1f}, length {:.0f}\n",
               trained.config.env, trained.steps, path.string(), chosen.episodes,
               chosen.stochastic ? "stochastic" : "greedy", mean,
               chosen.episodes > 1 ? fmt::format(" ± {:.1f}", deviation) : "", iqm, length);
  if (chosen.json)
    fmt::print("{}\n", nlohmann::ordered_json{{"env", trained.config.env},
                                              {"episodes", chosen.episodes},
                                              {"return_mean", mean},
                                              {"return_std", deviation},
                                              {"return_iqm", iqm},
                                              {"length_mean", length},
                                              {"seed", chosen.seed}}
                           .dump());
  return 0;
}

}  // namespace rhoam::apps
