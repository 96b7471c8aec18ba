// A checkpoint as `rhoam train --resume` loads it: refused as corrupt, or a training that saves the same
// state again and goes on.
#include "rhoam/core/safetensors.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/training/checkpoint.h"
#include "rhoam/training/trainer.h"

namespace rhoam::fuzz {
namespace {

/// What a training loads and saves, without its files.
struct Trainee {
  explicit Trainee(const core::Tensors& checkpoint) : config(training::config_of(checkpoint, networks())) {
    world = training::make_world(config, nullptr);
    agent = training::make_agent(config, world, networks(), nullptr);
    agent->load(checkpoint);
    world.env->load(checkpoint, "env");
    progress.load(checkpoint, config.rows, world.env->spec().observation_size());
    solved.load(checkpoint);
  }
  core::Tensors state() {
    core::Tensors out;
    out.metadata = config.metadata();
    agent->save(out);
    world.env->save(out, "env");
    progress.save(out);
    solved.save(out);
    return out;
  }
  void train(int iterations) {
    const auto end = progress.clocks.steps + std::int64_t{iterations} * 4096;
    agents::train(*world.env, *agent, progress, end, [&](auto) { return --iterations > 0; });
  }

  training::TrainingConfig config;
  training::World world;
  std::unique_ptr<agents::Agent> agent;
  agents::Progress progress;
  training::Solved solved{0};
};

/// Through the constructor that `rhoam train --resume` uses; its logs have no rows.
void resume(const core::Tensors& checkpoint) {
  for (const char* log : {"metrics.csv", "drift.csv", "config.ini"}) write(scratch() / log, "");
  std::filesystem::remove(training::RunDirectory::open(scratch()).events());
  auto config = training::config_of(checkpoint, networks());
  training::Trainer training(config, training::RunDirectory::open(scratch()),
                             {.quiet = true, .networks = networks()}, checkpoint);
  training.memories();
}

}  // namespace

void check(const std::string& input) {
  core::Tensors file;
  if (!succeeds<core::CorruptError>([&] { file = core::parse_safetensors(input); })) return;
  if (!asks_for_little(file)) return;
  succeeds<core::CorruptError, core::DivergedError>([&] {
    if (input.size() % 4 == 0) return resume(file);
    Trainee trainee(file);
    const auto state = core::format_safetensors(trainee.state());
    Trainee again(core::parse_safetensors(state));
    demand(core::format_safetensors(again.state()) == state,
           "a training is loaded otherwise than it was saved");
    again.train(2);
  });
}

}  // namespace rhoam::fuzz
