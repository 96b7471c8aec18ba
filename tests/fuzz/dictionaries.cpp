#include "rhoam/tests/fuzz/dictionaries.h"

#include <fstream>
#include <set>

#include "rhoam/agents/registry.h"
#include "rhoam/compare/options.h"
#include "rhoam/core/schedule.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/perturbations.h"
#include "rhoam/envs/registry.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/training/training_config.h"
#include "rhoam/watch/options.h"

namespace rhoam::fuzz {
namespace {

using Words = std::set<std::string>;

Words& operator+=(Words& words, const Words& more) {
  words.insert(more.begin(), more.end());
  return words;
}

Words schedules() {
  Words words{"1e308",   "-1e308",   "1e-300", "9007199254740993", "0.9999999999999999",
              "updates", "episodes", "steps"};
  for (const auto& kind : core::schedule_kinds()) {
    words.insert(kind.name + ":");
    for (const auto& key : core::split(kind.keys, ',')) {
      const auto begin = key.find_first_not_of('[');
      words.insert(key.substr(begin, key.find('=') + 1 - begin));
    }
  }
  return words;
}

Words rhos() {
  Words words = schedules();
  return words += {"memory:",    "half-life:",      "match",         "match:optimal", ":A=",     "auto",
                   "auto:align", "auto:likelihood", "auto:factored", "learn",         ":square", ":growth"};
}

Words worlds() {
  Words words{"\\x0a"};
  for (const auto& id : envs::env_ids()) {
    words.insert(id);
    for (const auto& param : envs::make_vector_env(id, 1, nullptr)->params()) words.insert(param.name);
  }
  for (const auto& param : envs::Perturbations::params()) words.insert(param.name);
  words.insert(envs::kAdvantageScale);
  return words;
}

Words names_of(core::Options& options, const std::string& before, const std::string& after) {
  Words words;
  for (const auto& name : options.names()) words.insert(before + name + after);
  return words;
}

Words trainings(const std::string& before, const std::string& after) {
  Words words = worlds();
  words += rhos();
  for (const auto& algorithm : agents::algorithms()) {
    training::TrainingConfig config(envs::env_ids().front(), algorithm.name);
    core::Options options;
    config.describe(options);
    words += names_of(options, before, after);
    words.insert(algorithm.name);
  }
  return words;
}

Words comparisons(const std::string& before, const std::string& after) {
  compare::CompareOptions request;
  core::Options options;
  request.describe(options);
  Words words = trainings(before, after);
  return words += names_of(options, before, after);
}

Words commands() {
  watch::WatchOptions request;
  core::Options options;
  request.describe(options);
  Words words = comparisons("--", "");
  words += names_of(options, "--", "=");
  return words += {"train", "eval", "inspect", "compare", "watch"};
}

Words with(Words words, const Words& more) { return words += more; }

void keep(const std::filesystem::path& file, const Words& words) {
  std::ofstream out(file);
  for (const auto& word : words) out << '"' << word << "\"\n";
}

}  // namespace

void write_dictionaries(const std::filesystem::path& folder) {
  keep(folder / "schedule.dict", schedules());
  keep(folder / "rho.dict", rhos());
  keep(folder / "param.dict", worlds());
  keep(folder / "drift.dict", with(worlds(), schedules()));
  keep(folder / "replay.dict", with(worlds(), schedules()));
  keep(folder / "word.dict", with(rhos(), {"/", "=", ";", "%05d"}));
  keep(folder / "config.dict", with(trainings("", " = "), {"[actor]", "env = ", "algo = "}));
  keep(folder / "checkpoint.dict", trainings("", " = "));
  keep(folder / "resume.dict", trainings("", " = "));
  keep(folder / "comparison.dict", with(comparisons("", " = "), {"[scenario x]", "none"}));
  keep(folder / "command.dict", commands());
}

}  // namespace rhoam::fuzz
