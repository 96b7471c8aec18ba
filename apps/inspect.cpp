#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "rhoam/agents/dense.h"
#include "rhoam/agents/registry.h"
#include "rhoam/apps/verbs.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/json.h"
#include "rhoam/core/options.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/training/checkpoint.h"

namespace rhoam::apps {
namespace {

std::string shape_text(const std::vector<std::int64_t>& shape) {
  std::vector<std::string> parts;
  for (const auto size : shape) parts.push_back(std::to_string(size));
  return "[" + core::join(parts) + "]";
}

/// "min … max, rms" of a tensor of floats, empty for others.
std::string range_text(const core::Tensors& tensors, const std::string& name, const core::Tensor& tensor) {
  if (tensor.type != core::ElementType::f32 || tensor.bytes.empty()) return "";
  std::vector<float> values(tensor.bytes.size() / sizeof(float));
  tensors.get(name, std::span<float>(values), tensor.shape);
  double squares = 0;
  for (const float x : values) squares += double{x} * x;
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return fmt::format("{:.4g} … {:.4g}, rms {:.4g}", *low, *high,
                     std::sqrt(squares / static_cast<double>(values.size())));
}

void print_checkpoint(const std::filesystem::path& path, const core::Tensors& checkpoint) {
  fmt::print("{}\n", path.string());
  for (const auto& [key, value] : checkpoint.metadata) {
    if (key == "options") continue;
    fmt::print("  {:<12} {}\n", key, value);
  }
  fmt::print("\nTensors\n");
  constexpr const char* kTypes[] = {"F32", "F64", "I64", "U64"};
  for (const auto& [name, tensor] : checkpoint.all())
    fmt::print("  {:<34} {} {:<12} {}\n", name, kTypes[static_cast<int>(tensor.type)],
               shape_text(tensor.shape), range_text(checkpoint, name, tensor));
  const auto options = checkpoint.metadata.find("options");
  if (options != checkpoint.metadata.end()) fmt::print("\nOptions\n{}", options->second);
}

/// Whether this program knows environment and algorithm of the training. Others are shown as they are.
bool is_of_here(const core::Tensors& checkpoint) {
  const auto names = [&](const char* field, const auto& table, auto name) {
    const auto found = checkpoint.metadata.find(field);
    return found != checkpoint.metadata.end() && std::ranges::count(table, found->second, name) > 0;
  };
  return names("env", envs::env_table(), &envs::EnvEntry::id) &&
         names("algorithm", agents::algorithms(), &agents::Algorithm::name);
}

nlohmann::ordered_json summary(const std::filesystem::path& path, const core::Tensors& checkpoint) {
  nlohmann::ordered_json tensors;
  for (const auto& [name, tensor] : checkpoint.all()) tensors[name] = tensor.shape;
  return {{"file", path.string()},
          {"metadata", checkpoint.metadata},
          {"tensors", tensors},
          {"kernels", agents::dense_kernels().name}};
}

}  // namespace

int run_inspect(const Invocation& invocation) {
  bool json = false, help = false;
  std::string which = "last";
  core::Options options;
  options.add("checkpoint", which, "which of a run's checkpoints: best, last or a number of steps");
  options.flag("json", json, "one JSON object instead of the tables");
  options.flag("help", help, "show this text");
  options.parse(invocation.args, 1);
  options.apply();
  if (help) {
    fmt::print("Usage: rhoam inspect RUN|FILE [options]\n\n{}", options.help());
    return 0;
  }
  if (options.positional().empty())
    throw core::UsageError("inspect needs a run directory or a checkpoint, such as runs/latest");
  const auto path = training::find_checkpoint(options.positional()[0], which);
  const auto checkpoint = core::read_safetensors(path);
  if (is_of_here(checkpoint)) training::check_sizes(training::TrainingConfig::of(checkpoint), checkpoint);
  if (json)
    fmt::print("{}\n", core::to_text(summary(path, checkpoint)));
  else {
    print_checkpoint(path, checkpoint);
    fmt::print("\nKernels on this CPU: {}\n", agents::dense_kernels().name);
  }
  return 0;
}

}  // namespace rhoam::apps
