// config.ini: refused as wrong, or a training that its own config.ini describes again.
#include "rhoam/core/options.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/training/world.h"

namespace rhoam::fuzz {
namespace {

training::TrainingConfig read(const std::string& text) {
  std::string env, algorithm;
  std::vector<std::string> drifts;
  core::Options first;
  first.add("env", env, "");
  first.add("algo", algorithm, "");
  first.list("drift", drifts, "");
  first.read_config_text(text, "config.ini", core::Unknown::skip);
  first.apply();
  training::TrainingConfig config(env, algorithm, !drifts.empty());
  core::Options options;
  options.add("env", env, "");
  options.add("algo", algorithm, "");
  config.describe(options);
  options.read_config_text(text, "config.ini");
  options.apply();
  return config;
}

}  // namespace

void check(const std::string& input) {
  succeeds<core::UsageError>([&] {
    auto config = read(input);
    const auto text = config.config_text();
    demand(read(text).config_text() == text, "a training's config describes another");
    if (asks_for_little(text)) training::check(config, networks());
  });
}

}  // namespace rhoam::fuzz
