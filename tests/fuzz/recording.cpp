// The saved state of an environment, with the recordings of running episodes: refused as corrupt, or a world
// that saves the same state again and goes on.
#include <algorithm>

#include "rhoam/core/safetensors.h"
#include "rhoam/tests/fuzz/worlds.h"

namespace rhoam::fuzz {
namespace {

constexpr int kRows = 2;

std::string saved(const envs::VectorEnv& env) {
  core::Tensors state;
  env.save(state, "env");
  return core::format_safetensors(state);
}

void check_state(const core::Tensors& state, const std::string& id) {
  const auto world = envs::make_vector_env(id, kRows, nullptr);
  if (!succeeds<core::CorruptError>([&] { world->load(state, "env"); })) return;
  const auto copy = envs::make_vector_env(id, kRows, nullptr);
  core::Tensors again;
  world->save(again, "env");
  copy->load(again, "env");
  demand(saved(*copy) == saved(*world), "a world is loaded otherwise than it was saved");
  demand(copy->state_hash() == world->state_hash(), "a loaded world stands elsewhere");
}

}  // namespace

void check(const std::string& input) {
  core::Tensors state;
  if (!succeeds<core::CorruptError>([&] { state = core::parse_safetensors(input); })) return;
  const auto id = state.metadata.find("env/env");
  if (id == state.metadata.end() || std::ranges::count(envs::env_ids(), id->second) == 0) return;
  check_state(state, id->second);
}

}  // namespace rhoam::fuzz
