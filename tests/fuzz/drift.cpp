// --drift PARAM:SCHEDULE for an environment: refused as wrong, or a world whose parameters stay in their
// ranges, which is the same again from the drifts' own text and from its saved state.
#include "rhoam/envs/drift.h"

#include <algorithm>

#include "rhoam/envs/drifting.h"
#include "rhoam/tests/fuzz/worlds.h"

namespace rhoam::fuzz {
namespace {

envs::Drifting drifting(const std::string& env, const std::vector<std::string>& texts) {
  return {make_world(env), envs::parse_drifts(texts, 500, 3)};
}

core::Clocks at(std::int64_t time) { return {.steps = 3 * time, .updates = time, .episodes = time / 2}; }

void demand_in_range(const envs::Drifting& world) {
  for (const auto& param : world.params())
    demand(param.value >= param.low && param.value <= param.high, "a parameter drifts out of its range");
}

/// The state of one, saved and loaded, is the other's.
void follow(envs::Drifting& world, envs::Drifting& copy, const std::vector<std::int64_t>& times) {
  for (const auto time : times) {
    world.set_clocks(at(time));
    copy.set_clocks(at(time));
    demand_in_range(world);
    demand(std::ranges::equal(world.values(), copy.values()), "a drift goes another way");
    core::Tensors state;
    world.save(state, "env");
    copy.load(state, "env");
  }
  demand(world.state_hash() == copy.state_hash(), "a world is loaded otherwise than it was saved");
}

}  // namespace

void check(const std::string& input) {
  const auto lines = lines_of(input);
  succeeds<core::UsageError>([&] {
    auto world = drifting(lines.env, lines.words);
    std::vector<std::string> texts;
    for (const auto& drift : envs::parse_drifts(lines.words, 500, 3)) texts.push_back(drift.to_string());
    auto copy = drifting(lines.env, texts);
    follow(world, copy, {0, 1, 10, 300});
    play(copy, 3);
  });
}

}  // namespace rhoam::fuzz
