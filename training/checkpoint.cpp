#include "rhoam/training/checkpoint.h"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <vector>

#include "rhoam/agents/actor_critic.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/training/run_directory.h"

namespace rhoam::training {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostListed = 6;  // names at either end

/// Throws UsageError on a path that the system cannot resolve, such as a loop of links.
void demand_path(const std::string& place) {
  std::error_code error;
  if (fs::status(place, error).type() == fs::file_type::none)
    throw core::UsageError(fmt::format("cannot follow '{}': {}", core::shortened(place), error.message()));
}

/// The names of a run's checkpoints; of many only the first and the last.
std::string listed(const fs::path& run) {
  std::vector<std::string> names;
  for (const auto& [steps, file] : numbered_checkpoints(run)) names.push_back(std::to_string(steps));
  if (names.size() > 2 * kMostListed) {
    names[kMostListed] = "…";
    names.erase(names.begin() + kMostListed + 1, names.end() - kMostListed);
  }
  for (const char* name : {"best", "last"})
    if (fs::is_regular_file(run / "checkpoints" / (name + std::string(kCheckpointEnding))))
      names.emplace_back(name);
  return names.empty() ? "it has none" : "there are " + core::join(names);
}

std::string shape_text(const std::vector<std::int64_t>& shape) {
  return fmt::format("[{}]", fmt::join(shape, ", "));
}

void demand_shape(const core::Tensors& checkpoint, const std::string& name,
                  const std::vector<std::int64_t>& shape) {
  const auto found = checkpoint.all().find(name);
  if (found == checkpoint.all().end()) throw core::CorruptError("tensor '" + name + "' is missing");
  if (found->second.shape != shape)
    throw core::CorruptError(fmt::format("by the checkpoint's options tensor '{}' is {}, but it is {}", name,
                                         shape_text(shape), shape_text(found->second.shape)));
}

void check_networks(const agents::NetworkConfig& network, const envs::EnvSpec& env,
                    const core::Tensors& checkpoint) {
  if (!network.is_perceptron()) return;
  for (const auto& block : agents::parameter_blocks(agents::actor_spec(env, network)))
    demand_shape(checkpoint, "actor/" + block.name, block.shape);
  for (const auto& block : agents::parameter_blocks(agents::critic_spec(env, network)))
    demand_shape(checkpoint, "critic/" + block.name, block.shape);
}

/// A checkpoint is written at the end of an iteration, so its steps are whole rollouts.
void check_rollouts(const TrainingConfig& config, const core::Tensors& checkpoint) {
  const std::int64_t samples = config.plan->samples(config.rows);
  if (samples == 0 || !checkpoint.contains("progress/iterations")) return;
  std::int64_t iterations = 0;
  checkpoint.get("progress/iterations", std::span(&iterations, 1));
  const std::int64_t steps = steps_of(checkpoint);
  if (steps % samples != 0 || steps / samples != iterations)
    throw core::CorruptError(fmt::format("{} steps are not {} rollouts of {} steps, as the checkpoint says",
                                         steps, iterations, samples));
}

/// Throws the UsageError for a folder without checkpoints.
[[noreturn]] void refuse_folder(const std::string& place) {
  if (fs::is_regular_file(fs::path(place) / "result.json"))
    throw core::UsageError(
        fmt::format("'{}' is a run of a comparison that kept no checkpoint: name one under final/, or train "
                    "with its settings by --config",
                    core::shortened(place)));
  throw core::UsageError(
      fmt::format("'{}' is no run: it has no checkpoints/; runs lie under runs/ or where --out was",
                  core::shortened(place)));
}

}  // namespace

fs::path find_checkpoint(const std::string& run_or_file, const std::string& which) {
  demand_path(run_or_file);
  const fs::path place = follow_latest(run_or_file);
  demand_path(place.string());
  if (fs::is_regular_file(place)) return place;
  const fs::path checkpoints = place / "checkpoints";
  if (!fs::is_directory(place))
    throw core::UsageError(fmt::format("there is no run or checkpoint '{}'", core::shortened(run_or_file)));
  demand_path(checkpoints.string());
  if (!fs::is_directory(checkpoints)) refuse_folder(run_or_file);
  const auto steps = core::parse_integer<std::int64_t>(which);
  if (which != "best" && which != "last" && !steps)
    throw core::UsageError(
        fmt::format("--checkpoint '{}' is none of best, last or a number of steps", core::shortened(which)));
  const auto file = checkpoints / ((steps ? std::to_string(*steps) : which) + kCheckpointEnding);
  demand_path(file.string());
  if (fs::is_regular_file(file)) return file;
  const auto last = checkpoints / (std::string("last") + kCheckpointEnding);
  const bool no_best = which == "best" && fs::symlink_status(file).type() == fs::file_type::not_found;
  if (no_best && fs::is_regular_file(last)) return last;
  throw core::UsageError(
      fmt::format("'{}' has no checkpoint '{}': {}", core::shortened(run_or_file), which, listed(place)));
}

void check_sizes(const TrainingConfig& config, const core::Tensors& checkpoint) {
  const auto env = envs::find_env(config.env).spec();
  demand_shape(checkpoint, "progress/obs", {std::int64_t{config.rows} * env.observation_size()});
  check_networks(config.plan->network(), env, checkpoint);
  try {
    check_rollouts(config, checkpoint);
  } catch (const core::UsageError& error) {
    throw core::CorruptError(error.what());
  }
}

TrainingConfig config_of(const core::Tensors& checkpoint, const agents::Networks& networks) {
  auto config = TrainingConfig::of(checkpoint);
  check_sizes(config, checkpoint);
  agents::find_network(networks, config.plan->network().kind);  // may come from another program
  try {
    check_options(config, networks);
  } catch (const core::UsageError& error) {  // in options that nobody typed
    throw core::CorruptError(fmt::format("the options of the checkpoint: {}", error.what()));
  }
  return config;
}

std::int64_t steps_of(const core::Tensors& checkpoint) {
  std::int64_t clocks[3];
  checkpoint.get("progress/clocks", std::span<std::int64_t>(clocks));
  return clocks[0];
}

TrainedAgent load_trained(const core::Tensors& checkpoint, int rows, const agents::Networks& networks,
                          core::ThreadPool* pool) {
  TrainedAgent trained{config_of(checkpoint, networks), {}, nullptr, 0};
  trained.world = make_evaluation_world(trained.config, rows, pool);
  trained.world.env->load_world(checkpoint, "env");
  trained.agent = make_agent_to_load(trained.config, trained.world, networks, pool);
  for (const auto& [name, learner] : trained.agent->learners())
    learner->load_parameters(checkpoint, name + std::string("/"));
  trained.steps = steps_of(checkpoint);
  return trained;
}

}  // namespace rhoam::training
