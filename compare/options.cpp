#include "rhoam/compare/options.h"

#include <fmt/core.h>

#include <algorithm>

#include "rhoam/compare/grid.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/text.h"
#include "rhoam/training/training_config.h"

namespace rhoam::compare {
namespace {

constexpr int kMostSeeds = 10'000;

}  // namespace

void CompareOptions::describe_question(core::Options& options) {
  options.section("What to compare (--rho takes a list, and so does --lr, whose best value is then chosen)");
  options.add("question", question, "what the comparison answers, for the report");
  options.add("name", name, "what the comparison is called; default: the suite's name");
  options.list("axis", axes, "OPTION=VALUE,VALUE: an option of the training whose values are compared");
  options.add("seeds", seeds, "seeds of every setting, the same for all",
              {.low = kFewestSeeds, .high = kMostSeeds});
  options.add("tuning-seeds", tuning_seeds, "other seeds, on which the tuned options are chosen",
              {.low = 1, .high = kMostSeeds});
  options.add(
      "reference", reference,
      "the setting that all differences are taken to; default: ρ = 0.99, else the default, else the first");
  options.choice("score", score, "what is compared: regret where the environment knows it, else return",
                 {"auto", "return", "regret"});
  options.flag(
      "oracle", oracle,
      "also train in each of the worlds between which the drifts jump, to report the regret against an "
      "agent trained in that world alone");
  options.flag("every-rate", every_rate,
               "run all candidates on the final seeds, too, to show how optimistic tuning on them would be");
}

void CompareOptions::describe(core::Options& options) {
  describe_question(options);
  options.list("tune", tune,
               fmt::format("OPTION=VALUE,VALUE: chosen for every setting apart, on the tuning seeds; '{}' "
                           "tunes nothing; default: {}, unless the rate is given or compared",
                           kNoTuning, kDefaultTuning));
  options.section("How to run it");
  options.add("env", env, "environment, instead of the first word");
  options.add("algo", algorithm, "reinforce, a2c or ppo; default: the best tuned one of the environment");
  options.add("suite", suite, "a comparison that comes with the program; see 'rhoam list'");
  options.add("config", config, "read the comparison from this file; typed options win");
  options.flag("show", show, "print the text of the comparison, for --config, and end");
  options.add("out", out,
              "directory; default: comparisons/<name>-<hash>, so that repeating the command resumes it");
  options.add("shard", shard,
              "i/n: run one of n shards of the trainings; default: RANK and WORLD_SIZE, or Slurm's");
  options.add("threads", threads, "trainings that run at once; 0 is one per usable processor",
              {.low = 0, .high = 1024});
  options.flag("quiet", quiet, "print nothing but errors, warnings and what --json asks for");
  options.flag("json", json, "sum up the result as one JSON object on the last line");
  options.flag("help", help, "show this text");
}

CompareOptions peek(const std::vector<std::string>& args) {
  CompareOptions chosen;
  core::Options options;
  chosen.describe(options);
  training::ignore_switches(options);
  options.parse(args, args.size(), core::Unknown::skip);
  options.apply();
  chosen.env = training::environment_of(options, chosen.env);
  return chosen;
}

namespace {

using Given = std::vector<core::GivenOption>;

Given sorted(Given options) {
  std::ranges::sort(options, {}, &core::GivenOption::name);
  return options;
}

/// Everything that determines a scenario's trials besides the settings.
Given lines_of(const Scenario& scenario) {
  Given lines{{"env", {scenario.env}}, {"algo", {scenario.algorithm}}};
  core::GivenOption tune{"tune", {}};
  for (const auto& axis : scenario.tuned) tune.texts.push_back(to_string(axis));
  if (tune.texts.empty()) tune.texts = {kNoTuning};
  lines.push_back(tune);
  put(lines, scenario.options);
  return lines;
}

void check_names(const std::vector<Section>& sections) {
  for (std::size_t i = 1; i < sections.size(); ++i) {
    if (sections[i].name.empty()) throw core::UsageError("a [scenario NAME] has no name");
    if (std::ranges::count(sections, sections[i].name, &Section::name) > 1)
      throw core::UsageError("there are two scenarios '" + sections[i].name + "'");
  }
}

}  // namespace

std::vector<Section> split_sections(const std::string& text) {
  constexpr std::string_view kHead = "[scenario ";
  std::vector<Section> sections(1);
  for (const auto& line : core::split(text, '\n')) {
    const auto trimmed = core::trim(line);
    if (trimmed.starts_with(kHead) && trimmed.ends_with(']'))
      sections.push_back(
          {std::string(core::trim(trimmed.substr(kHead.size(), trimmed.size() - kHead.size() - 1))), ""});
    else
      sections.back().text += line + "\n";
  }
  check_names(sections);
  return sections;
}

std::string canonical_text(const std::vector<Scenario>& scenarios, Given asks) {
  std::string text = "# 'rhoam compare --config FILE' repeats this comparison\n";
  text += core::to_config(sorted(std::move(asks)));
  for (const auto& scenario : scenarios) {
    if (!scenario.name.empty()) text += "\n[scenario " + scenario.name + "]\n";
    text += core::to_config(sorted(lines_of(scenario)));
  }
  return text;
}

std::string command_line(std::string words, const Given& options) {
  for (const auto& [name, texts] : options)
    for (const auto& text : texts) {
      const bool must_adjoin = text == "true" || text == "false" || text.starts_with('-');
      words += " --" + name + (must_adjoin ? "=" : " ") + core::shell_quoted(text);
    }
  return words;
}

Given as_typed(const Scenario& scenario, Given asks) {
  put(asks, lines_of(scenario));
  return sorted(std::move(asks));
}

}  // namespace rhoam::compare
