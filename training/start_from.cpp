#include "rhoam/training/start_from.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "rhoam/agents/learner.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/training/checkpoint.h"

namespace rhoam::training {
namespace {

/// Options that give a network its shape and its inputs.
constexpr std::string_view kOfNetworks[] = {
    "network",   "hidden",      "activation", "layer-norm",
    "head-bias", "initial-std", "learn-std",  "normalize-observation"};

std::string shape_text(const auto& shape) { return fmt::format("[{}]", fmt::join(shape, ", ")); }

[[noreturn]] void refuse(const std::string& what) {
  throw core::CorruptError("the weights of --from do not fit this network: " + what);
}

/// Throws CorruptError unless the source has exactly the tensors of this network.
void check_shapes(const core::Tensors& source, const std::string& prefix, const agents::Network& network) {
  std::set<std::string> names;
  for (const auto& block : network.blocks()) {
    const auto& name = *names.insert(prefix + block.name).first;
    const auto found = source.all().find(name);
    const auto here = std::vector<std::int64_t>(block.shape.begin(), block.shape.end());
    if (found == source.all().end())
      refuse(fmt::format("'{}' is {} here and missing there", name, shape_text(here)));
    if (found->second.shape != here)
      refuse(fmt::format("'{}' is {} here and {} there", name, shape_text(here),
                         shape_text(found->second.shape)));
  }
  for (const auto& [name, tensor] : source.all())
    if (name.starts_with(prefix) && !name.starts_with(prefix + "optimizer/") &&
        tensor.type == core::ElementType::f32 && !names.contains(name))
      refuse(fmt::format("'{}' is {} there and missing here", name, shape_text(tensor.shape)));
}

}  // namespace

Source find_source(const std::string& run_or_file, const std::string& which,
                   const agents::Networks& networks) {
  const auto file = find_checkpoint(run_or_file, which);
  auto checkpoint = core::read_safetensors(file);
  auto config = config_of(checkpoint, networks);
  return {file, std::move(checkpoint), std::move(config)};
}

bool take_options(Source& source, TrainingConfig& config) {
  const bool all = source.config.env == config.env && source.config.algorithm == config.algorithm;
  core::Options options;
  config.describe(options);
  auto taken = source.config.options();
  std::erase_if(taken, [&, names = options.names()](const auto& option) {
    return std::ranges::count(names, option.name) == 0 ||
           (!all && std::ranges::count(kOfNetworks, option.name) == 0);
  });
  options.take(taken);
  options.apply();
  return all;
}

void take_weights(const core::Tensors& source, agents::Agent& agent, World& world) {
  const auto learners = agent.learners();
  for (const auto& [name, learner] : learners)
    check_shapes(source, name + std::string("/"), learner->network());
  for (const auto& [name, learner] : learners) learner->load_parameters(source, name + std::string("/"));
  const auto statistics = std::string("env/") + envs::ObservationNormalizer::kName;
  if (world.normalizer != nullptr && source.contains(statistics + "/mean"))
    world.normalizer->filter().load(source, statistics);
}

void check_weights(const Source& source, const TrainingConfig& config, const agents::Networks& networks) {
  auto world = make_world(config, nullptr);
  take_weights(source.checkpoint, *make_agent_to_load(config, world, networks, nullptr), world);
}

}  // namespace rhoam::training
