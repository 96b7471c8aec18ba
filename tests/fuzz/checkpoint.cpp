// A checkpoint as `rhoam eval` and `rhoam watch` load it: refused as corrupt, or an agent that plays.
#include "agents/evaluate.h"
#include "apps/trained.h"
#include "apps/watch/stage.h"
#include "core/safetensors.h"
#include "tests/fuzz/harness.h"
#include "tests/fuzz/trainings.h"

namespace rhoam::fuzz {
namespace {

int steps_left;
bool enough() { return --steps_left < 0; }

void play(const apps::Trained& trained, bool greedy) {
  steps_left = 3;
  agents::evaluate(trained.agent->policy(), *trained.world.env,
                   {.episodes = 2, .seed = 1, .greedy = greedy, .stop = enough});
}

void watch(const core::Tensors& file) {
  watch::Stage stage(watch::make_trainee(file, "agent", networks()));
  stage.start(0, 1, {});
  for (int step = 0; step < 3 && !stage.over(); ++step) stage.step();
}

}  // namespace

void check(const std::string& input) {
  core::Tensors file;
  if (!succeeds<core::CorruptError>([&] { file = core::parse_safetensors(input); })) return;
  if (!asks_for_little(file)) return;
  succeeds<core::CorruptError, core::DivergedError>([&] {
    if (input.size() % 4 == 0) return watch(file);
    const auto trained = apps::load_trained(file, 2, networks(), nullptr);
    play(trained, true);
    play(trained, false);
  });
}

}  // namespace rhoam::fuzz
