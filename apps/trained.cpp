#include "apps/trained.h"

#include <fmt/core.h>

#include "core/errors.h"
#include "core/text.h"

namespace rhoam::apps {

std::filesystem::path find_checkpoint(const std::string& run_or_file, const std::string& which) {
  namespace fs = std::filesystem;
  fs::path place(run_or_file);
  if (run_or_file == "latest" && !fs::exists(place)) place = "runs/latest";
  if (fs::is_regular_file(place)) return place;
  const fs::path checkpoints = place / "checkpoints";
  if (!fs::is_directory(place))
    throw core::UsageError(fmt::format("there is no run or checkpoint '{}'", run_or_file));
  if (!fs::is_directory(checkpoints))
    throw core::UsageError(fmt::format(
        "'{}' is no run: it has no checkpoints/; runs lie under runs/ or where --out was", run_or_file));
  if (which != "best" && which != "last" && !core::parse_integer<std::int64_t>(which))
    throw core::UsageError(
        fmt::format("--checkpoint '{}' is none of best, last or a number of steps", which));
  const auto file = checkpoints / (which + ".safetensors");
  if (fs::is_regular_file(file)) return file;
  if (which == "best" && fs::is_regular_file(checkpoints / "last.safetensors"))
    return checkpoints / "last.safetensors";
  throw core::UsageError(fmt::format("'{}' has no checkpoint '{}'", run_or_file, which));
}

std::int64_t steps_of(const core::Tensors& checkpoint) {
  std::int64_t clocks[3];
  checkpoint.get("progress/clocks", std::span<std::int64_t>(clocks));
  return clocks[0];
}

Trained load_trained(const core::Tensors& checkpoint, int rows, const Networks& networks,
                     core::ThreadPool* pool) {
  Trained trained{Experiment::of(checkpoint), {}, nullptr, 0};
  trained.world = make_evaluation_world(trained.experiment, rows, pool);
  trained.world.env->load_world(checkpoint, "env");
  trained.agent = make_agent(trained.experiment, trained.world.env->spec(), networks, pool);
  trained.agent->load(checkpoint);
  trained.steps = steps_of(checkpoint);
  return trained;
}

}  // namespace rhoam::apps
