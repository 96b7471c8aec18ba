// A checkpoint as `rhoam eval` and `rhoam watch` load it: refused as corrupt, or an agent that plays.
#include "rhoam/training/checkpoint.h"
#include "rhoam/agents/evaluate.h"
#include "rhoam/core/safetensors.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/watch/simulation.h"

namespace rhoam::fuzz {
namespace {

int steps_left;
bool enough() { return --steps_left < 0; }

void play(const training::TrainedAgent& trained, bool greedy) {
  steps_left = 3;
  agents::evaluate(trained.agent->policy(), *trained.world.env,
                   {.episodes = 2, .seed = 1, .greedy = greedy, .stop = enough});
}

void watch(const core::Tensors& file) {
  watch::Simulation simulation(watch::make_trainee(file, "agent", networks()));
  simulation.start(0, 1, {});
  for (int step = 0; step < 3 && !simulation.over(); ++step) simulation.step();
}

}  // namespace

void check(const std::string& input) {
  core::Tensors file;
  if (!succeeds<core::CorruptError>([&] { file = core::parse_safetensors(input); })) return;
  if (!asks_for_little(file)) return;
  succeeds<core::CorruptError, core::DivergedError>([&] {
    if (input.size() % 4 == 0) return watch(file);
    const auto trained = training::load_trained(file, 2, networks(), nullptr);
    play(trained, true);
    play(trained, false);
  });
}

}  // namespace rhoam::fuzz
