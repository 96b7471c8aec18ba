#include "rhoam/training/optimizer_metrics.h"

#include <fmt/format.h>

#include <limits>
#include <string>

#include "rhoam/agents/learner.h"
#include "rhoam/optim/rho.h"

namespace rhoam::training {
namespace {

/// One half-life on each clock.
struct HalfLives {
  double updates, steps, episodes;
};

HalfLives half_lives(double rho, const core::ClockRates& rates) {
  const core::Timescale updates{optim::half_life_of_rho(rho), core::Clock::updates};
  return {updates.value, updates.in(core::Clock::steps, rates), updates.in(core::Clock::episodes, rates)};
}

double first_rho(const optim::OptimizerConfig& config) {
  const auto chosen = optim::chosen_rho(config);
  if (!chosen || chosen->automatic()) return std::numeric_limits<double>::quiet_NaN();
  return chosen->resolve(config.rates, config.timescale).at({});
}

std::string describe(const optim::DeclaredDrift& drift, const core::ClockRates& rates) {
  if (drift.name.empty()) return drift.to_string();
  return fmt::format("{} = {:.4g} updates", drift.name, drift.timescale.in(core::Clock::updates, rates));
}

std::string describe(const char* name, const optim::OptimizerConfig& config) {
  const auto chosen = optim::chosen_rho(config);
  if (!chosen) return fmt::format("{}: {} has no ρ", name, config.recipe);
  std::string text = chosen->to_string();
  if (chosen->matches() && config.timescale) text += " to " + describe(*config.timescale, config.rates);
  if (chosen->automatic()) return fmt::format("{}: ρ {}: found while training", name, text);
  const double rho = first_rho(config);
  const auto half = half_lives(rho, config.rates);
  const std::string number = fmt::format("{:.6g}", rho);
  return fmt::format(
      "{}: ρ {}{}: memory {:.4g} updates, half-life {:.4g} updates = {:.4g} steps = {:.3g} episodes of {:g}",
      name, number, text == number ? "" : " (" + text + ")", optim::memory_of_rho(rho), half.updates,
      half.steps, half.episodes, config.rates.steps_per_episode);
}

}  // namespace

std::vector<std::string> describe_memories(agents::Agent& agent) {
  std::vector<std::string> lines;
  for (const auto& [name, learner] : agent.learners()) {
    const auto& config = learner->config();
    lines.push_back(describe(name, config));
    const auto chosen = optim::chosen_rho(config);
    const std::string remark = chosen ? chosen->remark(config.rates, config.timescale) : "";
    if (!remark.empty()) lines.push_back(fmt::format("{}: {}", name, remark));
  }
  return lines;
}

double first_rho(agents::Agent& agent) { return first_rho(agent.actor().config()); }

void log_memories(agents::Agent& agent, const core::Clocks& clocks, std::vector<core::Metric>& row) {
  for (const auto& [name, learner] : agent.learners()) {
    const double memory = learner->memory(), rho = optim::rho_of_memory(memory);
    const auto half = half_lives(rho, learner->rates(clocks));
    const auto prefix = fmt::format("optim/{}/", name);
    const auto add = [&](const char* what, double value) { row.push_back({prefix + what, value}); };
    add("n_updates", static_cast<double>(learner->updates()));
    add("learning_rate", learner->learning_rate());
    add("grad_norm", learner->gradient_norm());
    add("rho", rho);
    const auto range = learner->take_memory_range();
    add("memory", memory);
    add("memory_min", range.low);
    add("memory_max", range.high);
    add("half_life_updates", half.updates);
    add("half_life_steps", half.steps);
    add("half_life_episodes", half.episodes);
  }
}

void introspect_from(agents::Agent& agent, std::int64_t env_steps) {
  for (const auto& [name, learner] : agent.learners()) learner->introspect_from(env_steps);
}

void log_introspection(agents::Agent& agent, std::vector<core::Metric>& row) {
  for (const auto& [name, learner] : agent.learners())
    for (const auto& figure : learner->introspection())
      row.push_back({fmt::format("optim/{}/{}", name, figure.name), figure.value});
}

}  // namespace rhoam::training
