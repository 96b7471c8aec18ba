// --param NAME=VALUE for an environment: refused as wrong, or a world that has the values and goes on in
// numbers.
#include <algorithm>

#include "rhoam/tests/fuzz/worlds.h"
#include "rhoam/training/world.h"

namespace rhoam::fuzz {
namespace {

void set(envs::VectorEnv& env, const training::ParamSetting& setting) {
  env.set_param(setting.name, setting.value);
  const auto params = env.params();
  const auto found = std::ranges::find(params, setting.name, &envs::VectorEnv::ParamInfo::name);
  demand(found != params.end() && found->value == setting.value, "a parameter has another value");
}

}  // namespace

void check(const std::string& input) {
  const auto lines = lines_of(input);
  succeeds<core::UsageError>([&] {
    const auto world = make_world(lines.env);
    for (const auto& setting : training::parse_params(lines.words)) set(*world, setting);
    play(*world, 6);
  });
}

}  // namespace rhoam::fuzz
