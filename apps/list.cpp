#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "agents/defaults.h"
#include "agents/registry.h"
#include "apps/app.h"
#include "core/options.h"
#include "core/schedule.h"
#include "core/text.h"
#include "envs/perturbations.h"
#include "envs/registry.h"
#include "optim/dialects.h"
#include "optim/recipes.h"

namespace rhoam::apps {
namespace {

std::string actions_text(const envs::ActionSpace& space) {
  if (space.discrete()) return fmt::format("{} actions", space.n);
  return fmt::format("{} continuous action components", space.size());
}

std::string goal_text(const envs::EnvSpec& spec) {
  if (std::isinf(spec.reward_threshold)) return "never solved: it changes";
  return "solved at " + core::format_double(spec.reward_threshold);
}

/// One of a table of parameters, in an aligned line.
void print_param(const std::string& indent, const auto& param, double value) {
  fmt::print("{}{:<24} {:<8} {} … {}, {}\n", indent, param.name, fmt::format("{:.6g}", value),
             core::format_double(param.low), core::format_double(param.high), param.unit);
}

void print_environments() {
  fmt::print("Environments (parameters are set with --param NAME=VALUE)\n");
  for (const auto& entry : envs::env_table()) {
    const auto spec = entry.spec();
    fmt::print("  {:<26}{}\n{:28}{} observations, {}, limit {} steps, {}; default algorithm {}\n", spec.id,
               spec.summary, "", spec.observation_size(), actions_text(spec.action), spec.max_episode_steps,
               goal_text(spec), agents::default_algorithm(spec.id));
    for (const auto& param : entry.make(1, nullptr)->params())
      print_param(std::string(28, ' '), param, param.value);
  }
}

void print_perturbations() {
  fmt::print("\nPerturbations (further parameters of any environment; all parameters drift with --drift)\n");
  const envs::Perturbations neutral;
  for (const auto& param : envs::Perturbations::params()) print_param("  ", param, neutral.*param.member);
}

void print_all() {
  print_environments();
  print_perturbations();
  fmt::print("\nAlgorithms (--algo)\n");
  for (const auto& algorithm : agents::algorithms())
    fmt::print("  {:<26}{}\n", algorithm.name, algorithm.summary);
  fmt::print("\nOptimizers (--optimizer)\n");
  for (const auto& recipe : optim::recipes()) fmt::print("  {:<26}{}\n", recipe.name, recipe.help);
  fmt::print("\nDialects of rmsprop (--dialect)\n");
  for (const auto& dialect : optim::dialects())
    fmt::print("  {:<26}ρ {}, ε {} {} the root, first v {}; {}\n", dialect.name, dialect.rho, dialect.eps,
               dialect.eps_place == optim::EpsPlace::inside ? "inside" : "outside", dialect.first_v,
               dialect.source);
  fmt::print(
      "\nSchedules (any learning rate, ρ, coefficient: KIND:key=value,…; what has bounds takes no unbounded "
      "kind, such as ou; a drift is held within its parameter's range)\n");
  for (const auto& kind : core::schedule_kinds())
    fmt::print("  {:<26}{}\n{:28}{}\n", kind.name, kind.help, "", kind.keys);
}

nlohmann::ordered_json summary() {
  nlohmann::ordered_json all;
  for (const auto& entry : envs::env_table()) {
    auto params = nlohmann::ordered_json::object();
    for (const auto& param : entry.make(1, nullptr)->params()) params[param.name] = param.value;
    all["environments"].push_back({{"id", entry.id}, {"params", params}});
  }
  for (const auto& param : envs::Perturbations::params()) all["perturbations"].push_back(param.name);
  for (const auto& algorithm : agents::algorithms()) all["algorithms"].push_back(algorithm.name);
  for (const auto& recipe : optim::recipes()) all["optimizers"].push_back(recipe.name);
  for (const auto& dialect : optim::dialects()) all["dialects"].push_back(dialect.name);
  for (const auto& kind : core::schedule_kinds()) all["schedules"].push_back(kind.name);
  return all;
}

}  // namespace

int run_list(const Invocation& invocation) {
  bool json = false, help = false;
  core::Options options;
  options.flag("json", json, "one JSON object instead of the tables");
  options.flag("help", help, "show this text");
  options.parse(invocation.args);
  options.apply();
  if (help)
    fmt::print("Usage: rhoam list [options]\n\n{}", options.help());
  else if (json)
    fmt::print("{}\n", to_text(summary()));
  else
    print_all();
  return 0;
}

}  // namespace rhoam::apps
