#include <fmt/core.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "rhoam/agents/defaults.h"
#include "rhoam/agents/registry.h"
#include "rhoam/apps/verbs.h"
#include "rhoam/compare/suites.h"
#include "rhoam/core/json.h"
#include "rhoam/core/options.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/drift.h"
#include "rhoam/envs/perturbations.h"
#include "rhoam/envs/registry.h"
#include "rhoam/optim/dialects.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::apps {
namespace {

std::string actions_text(const envs::ActionSpace& space) {
  if (space.discrete()) return fmt::format("{} actions", space.n);
  return fmt::format("{} continuous action components", space.size());
}

std::string goal_text(const envs::EnvSpec& spec) {
  if (std::isinf(spec.reward_threshold)) return "no threshold (non-stationary)";
  return "solved at " + core::format_double(spec.reward_threshold);
}

constexpr std::size_t kColumn = 28;  // of the text beside a name

void print_entry(const std::string& name, const std::string& text) {
  fmt::print("{}", core::paragraph("  " + name, text, kColumn));
}

void print_below(const std::string& text) { fmt::print("{}", core::paragraph("", text, kColumn)); }

/// Prints one row of a table of parameters.
void print_param(std::size_t indent, const auto& param, double value) {
  const std::string label =
      fmt::format("{:{}}{:<24} {:<8}", "", indent, param.name, fmt::format("{:.6g}", value));
  const std::string text =
      fmt::format("{} … {}, {}", core::format_double(param.low), core::format_double(param.high), param.unit);
  fmt::print("{}", core::paragraph(label, text, indent + 35));
}

void print_environments() {
  fmt::print("Environments (parameters are set with --param NAME=VALUE)\n");
  for (const auto& entry : envs::env_table()) {
    const auto spec = entry.spec();
    print_entry(spec.id, spec.summary);
    print_below(fmt::format("{} observations, {}, limit {} steps, {}; default algorithm {}",
                            spec.observation_size(), actions_text(spec.action), spec.max_episode_steps,
                            goal_text(spec), agents::default_algorithm(spec.id)));
    for (const auto& param : entry.make(1, nullptr)->params()) print_param(kColumn, param, param.value);
  }
}

void print_perturbations() {
  fmt::print("\nPerturbations (further parameters of any environment; all parameters drift with --drift)\n");
  const envs::Perturbations neutral;
  for (const auto& param : envs::Perturbations::params()) print_param(2, param, neutral.*param.member);
  print_entry(envs::kAdvantageScale,
              "of the learner, drift only: a log-variance, its gradient times exp(x/2)");
}

void print_dialects() {
  fmt::print("\nDialects of rmsprop (--dialect)\n");
  for (const auto& dialect : optim::dialects())
    print_entry(dialect.name, fmt::format("ρ {}, ε {} {} the root, first v {}; {}", dialect.rho, dialect.eps,
                                          dialect.eps_place == optim::EpsPlace::inside ? "inside" : "outside",
                                          dialect.first_v, dialect.source));
}

void print_schedules() {
  fmt::print(
      "\nSchedules (any learning rate, ρ, coefficient or drift: KIND:key=value,…)\n"
      "Bounded options reject unbounded schedules, such as ou; a drift is clamped to its parameter's "
      "range.\n");
  for (const auto& kind : core::schedule_kinds()) {
    print_entry(kind.name, kind.help);
    print_below(kind.keys);
  }
}

void print_all() {
  print_environments();
  print_perturbations();
  fmt::print("\nAlgorithms (--algo)\n");
  for (const auto& algorithm : agents::algorithms()) print_entry(algorithm.name, algorithm.summary);
  fmt::print("\nOptimizers (--optimizer)\n");
  for (const auto& recipe : optim::recipes()) print_entry(recipe.name, recipe.help);
  print_dialects();
  print_schedules();
  fmt::print("\nComparisons (rhoam compare --suite)\n");
  for (const auto& suite : compare::suites()) print_entry(suite.name, compare::question_of(suite));
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
  for (const auto& suite : compare::suites()) all["suites"].push_back(suite.name);
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
    fmt::print("{}\n", core::to_text(summary()));
  else
    print_all();
  return 0;
}

}  // namespace rhoam::apps
