#include "apps/compare/request.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>

#include "apps/compare/suites.h"
#include "core/errors.h"
#include "core/file.h"
#include "core/text.h"
#include "envs/registry.h"

namespace rhoam::compare {
namespace {

using Given = std::vector<core::GivenOption>;

constexpr const char* kDefaultTuning = "lr-factor=0.3,1,3";
constexpr const char* kNoTuning = "none";
constexpr int kFewestSeeds = 3;
constexpr int kMostSeeds = 10'000;
constexpr std::uintmax_t kLongestConfig = 1 << 20;

/// What is asked, and where its text comes from.
struct Text {
  std::string origin;  ///< for errors
  std::vector<Section> sections;
};

Text read_text(const Request& first) {
  if (!first.suite.empty() && !first.config.empty())
    throw core::UsageError("give either --suite or --config");
  if (!first.suite.empty()) return {"suite " + first.suite, split_sections(find_suite(first.suite).text)};
  if (first.config.empty()) return {"", split_sections("")};
  return {first.config, split_sections(core::read_file(first.config, kLongestConfig))};
}

/// The value of one option in a part of a config; empty where it has none.
std::string value_in(const std::string& text, const std::string& name, const std::string& origin) {
  std::string value;
  core::Options options;
  options.add(name, value, "");
  options.read_config_text(text, origin, core::Unknown::skip);
  options.apply();
  return value;
}

/// Everything that one source gives, of the request and of the experiment.
Given given_by(const std::string& env, const std::string& algorithm,
               const std::function<void(core::Options&)>& source) {
  Request request;
  apps::Experiment experiment(env, algorithm);
  core::Options options;
  request.describe(options);
  experiment.describe(options);
  source(options);
  return options.all_given();
}

Given take(Given& from, const std::function<bool(const std::string&)>& wanted) {
  Given taken;
  std::ranges::copy_if(from, std::back_inserter(taken), [&](const auto& each) { return wanted(each.name); });
  std::erase_if(from, [&](const auto& each) { return wanted(each.name); });
  return taken;
}

std::string take_value(Given& from, const std::string& option) {
  const Given taken = take(from, [&](const auto& name) { return name == option; });
  return taken.empty() ? "" : taken[0].texts[0];
}

/// The options of a request out of all those given.
Given take_request(Given& from) {
  Request request;
  core::Options options;
  request.describe(options);
  const auto names = options.names();
  return take(from, [&](const auto& name) { return std::ranges::find(names, name) != names.end(); });
}

Request to_request(const Given& given) {
  Request request;
  core::Options options;
  request.describe(options);
  options.parse(core::to_words(given));
  options.apply();
  return request;
}

std::vector<Axis> parse_axes(const std::vector<std::string>& texts) {
  std::vector<Axis> axes;
  for (const auto& text : texts) axes.push_back(parse_axis(text));
  for (const auto& axis : axes)
    if (std::ranges::count(axes, axis.option, &Axis::option) > 1)
      throw core::UsageError("the axis '" + axis.option + "' is given twice");
  return axes;
}

/// The options to tune: those of --tune, several values of --lr, or the rate's factor.
std::vector<Axis> tuned_axes(const std::vector<std::string>& tune, Given& options) {
  const auto lr = std::ranges::find(options, "lr", &core::GivenOption::name);
  if (lr != options.end()) {
    const Axis axis{"lr", split_values(lr->texts[0])};
    if (axis.values.size() > 1) {
      if (!tune.empty()) throw core::UsageError("several values of --lr are tuned: leave out --tune");
      options.erase(lr);
      return {axis};
    }
    if (tune.empty()) return {};
  }
  if (tune == std::vector<std::string>{kNoTuning}) return {};
  return parse_axes(tune.empty() ? std::vector<std::string>{kDefaultTuning} : tune);
}

std::vector<Choice> settings_of(const Request& request, const std::string& rho) {
  auto axes = parse_axes(request.axes);
  if (!rho.empty()) axes.push_back({"rho", split_values(rho)});
  if (axes.empty())
    throw core::UsageError(
        "nothing to compare: give --rho 0.9,0.99,match or --axis optimizer=rmsprop,adam; --suite NAME runs "
        "a prepared comparison");
  auto settings = grid(axes);
  if (settings.size() < 2) throw core::UsageError("a comparison needs at least two settings");
  return settings;
}

int find_reference(const std::string& wanted, const std::vector<Choice>& settings) {
  std::vector<std::string> names;
  for (const auto& setting : settings) names.push_back(setting.name);
  for (const auto& name :
       wanted.empty() ? std::vector<std::string>{"0.99", "memory:100"} : std::vector<std::string>{wanted}) {
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<int>(found - names.begin());
  }
  if (wanted.empty()) return 0;
  throw core::UsageError("--reference '" + wanted + "' is none of the settings " + core::join(names) +
                         core::did_you_mean(wanted, names));
}

Scenario make_scenario(const std::string& name, const std::string& env, const std::string& algorithm,
                       Given options, const std::vector<std::string>& tune) {
  Scenario scenario{.name = name, .env = env, .algorithm = algorithm, .options = std::move(options)};
  scenario.algorithm = make_experiment(env, algorithm, {}, 0).algorithm;
  scenario.tuned = tuned_axes(tune, scenario.options);
  scenario.candidates = grid(scenario.tuned);
  return scenario;
}

Given sorted(Given options) {
  std::ranges::sort(options, {}, &core::GivenOption::name);
  return options;
}

/// The scenario's part of the canonical text.
std::string text_of(const Scenario& scenario) {
  std::string text = scenario.name.empty() ? "" : "\n[scenario " + scenario.name + "]\n";
  Given lines{{"env", {scenario.env}}, {"algo", {scenario.algorithm}}};
  core::GivenOption tune{"tune", {}};
  for (const auto& axis : scenario.tuned) tune.texts.push_back(to_string(axis));
  if (tune.texts.empty()) tune.texts = {kNoTuning};
  lines.push_back(tune);
  put(lines, scenario.options);
  return text + core::to_config(sorted(lines));
}

/// What decides the result beside the scenarios: the same for the same comparison, however it was said.
std::string canonical_text(const Comparison& comparison, Given asked) {
  std::string text =
      "# 'rhoam compare --config FILE' repeats this comparison\n" + core::to_config(sorted(asked));
  for (const auto& scenario : comparison.scenarios) text += text_of(scenario);
  return text;
}

/// Builds every kind of cell once, so that nothing can be refused later.
void check(const Comparison& comparison, const apps::Networks& networks) {
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario)
    for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
      for (int candidate = 0; candidate < std::ssize(comparison.scenarios[scenario].candidates); ++candidate)
        comparison.experiment({scenario, setting, candidate, Stage::final, comparison.first_seed})
            .check(networks);
}

std::string question_about(const Comparison& comparison) {
  const Scenario& scenario = comparison.scenarios.front();
  std::vector<std::string> names;
  for (const auto& option : comparison.settings.front().options) names.push_back(option.name);
  const auto drift = std::ranges::find(scenario.options, "drift", &core::GivenOption::name);
  return fmt::format("Which {} is best for {} on {}{}?", core::join(names, " and "), scenario.algorithm,
                     scenario.env,
                     drift == scenario.options.end() ? "" : " under " + core::join(drift->texts, " and "));
}

std::uint64_t parse_seed(const std::string& text) {
  if (text.empty()) return 0;
  const auto seed = core::parse_integer<std::uint64_t>(text);
  if (!seed) throw core::UsageError("--seed '" + text + "' is not a whole number");
  return *seed;
}

}  // namespace

void Request::describe_question(core::Options& options) {
  options.section("What to compare (--rho takes a list, and so does --lr, whose best value is then chosen)");
  options.add("question", question, "what the comparison answers, for the report");
  options.list("axis", axes, "OPTION=VALUE,VALUE: an option of the training whose values are compared");
  options.add("seeds", seeds, "seeds of every setting, the same for all",
              {.low = kFewestSeeds, .high = kMostSeeds});
  options.add("tuning-seeds", tuning_seeds, "other seeds, on which the tuned options are chosen",
              {.low = 1, .high = kMostSeeds});
  options.add("reference", reference,
              "the setting that the others are held against; default: 0.99, else the first");
  options.choice("score", score, "what is compared: regret where the environment knows it, else return",
                 {"auto", "return", "regret"});
  options.flag("every-rate", every_rate,
               "run all candidates on the final seeds, too, to show what choosing there would claim");
}

void Request::describe(core::Options& options) {
  describe_question(options);
  options.list("tune", tune,
               fmt::format("OPTION=VALUE,VALUE: chosen for every setting apart, on the tuning seeds; '{}' "
                           "tunes nothing; default: {}",
                           kNoTuning, kDefaultTuning));
  options.section("How to run it");
  options.add("env", env, "environment, instead of the first word");
  options.add("algo", algorithm, "reinforce, a2c or ppo; default: the best tuned one of the environment");
  options.add("suite", suite, "a comparison that comes with the program; see 'rhoam list'");
  options.add("config", config, "read the comparison from this file; typed options win");
  options.flag("show", show, "print the text of the comparison, for --config, and end");
  options.add("out", out, "directory; default: comparisons/<name>-<hash>, so that the same words go on");
  options.add("shard", shard,
              "i/n: run one of n shares of the cells; default: RANK and WORLD_SIZE, or Slurm's");
  options.add("threads", threads, "cells that run at once; 0 is all cores", {.low = 0, .high = 1024});
  options.flag("quiet", quiet, "print nothing but errors and what --json asks for");
  options.flag("json", json, "sum up the result as one JSON object on the last line");
  options.flag("help", help, "show this text");
}

Request peek(const std::vector<std::string>& args) {
  Request chosen;
  core::Options options;
  chosen.describe(options);
  bool flag = false;
  for (const auto& name : apps::experiment_flags()) options.flag(name, flag, "");
  options.parse(args, args.size(), core::Unknown::skip);
  options.apply();
  if (options.positional().empty()) return chosen;
  if (options.typed("env"))
    throw core::UsageError(fmt::format("the environment is given twice: '{}' and --env {}",
                                       options.positional()[0], chosen.env));
  chosen.env = options.positional()[0];
  return chosen;
}

Asked read_request(const std::vector<std::string>& args, const apps::Networks& networks) {
  const Request first = peek(args);
  const Text text = read_text(first);
  const auto chosen = [&](const std::string& typed, const std::string& part, const char* name) {
    if (!typed.empty()) return typed;
    const auto own = value_in(part, name, text.origin);
    return own.empty() ? value_in(text.sections[0].text, name, text.origin) : own;
  };
  const auto env_of = [&](const std::string& part) {
    const auto env = chosen(first.env, part, "env");
    if (env.empty())
      throw core::UsageError("compare needs an environment, such as CartPole-v1, or --suite NAME");
    return env;
  };
  const std::string some = text.sections.back().text;  // the top part may leave the environment to the others
  const std::string env = env_of(some), algorithm = chosen(first.algorithm, some, "algo");

  Given typed = given_by(env, algorithm, [&](auto& options) { options.parse(args, 1); });
  Given top = given_by(env, algorithm,
                       [&](auto& options) { options.read_config_text(text.sections[0].text, text.origin); });
  Given asks = take_request(top);
  put(asks, take_request(typed));
  Asked asked{.request = to_request(asks), .comparison = {}};
  Comparison& comparison = asked.comparison;
  put(top, take(typed, [](const auto& name) { return name == "rho" || name == "seed"; }));
  const std::string rho = take_value(top, "rho");
  comparison.first_seed = parse_seed(take_value(top, "seed"));
  comparison.settings = settings_of(asked.request, rho);
  comparison.reference = find_reference(asked.request.reference, comparison.settings);
  comparison.seeds = asked.request.seeds;
  comparison.tuning_seeds = asked.request.tuning_seeds;
  comparison.every_rate = asked.request.every_rate;
  comparison.name = asked.request.suite;

  for (std::size_t i = text.sections.size() > 1 ? 1 : 0; i < text.sections.size(); ++i) {
    const auto& [name, part] = text.sections[i];
    const std::string its_env = env_of(part), its_algorithm = chosen(first.algorithm, part, "algo");
    Given options = top;
    auto tune = asked.request.tune;
    if (i > 0) {
      Given own = given_by(its_env, its_algorithm,
                           [&](auto& each) { each.read_config_text(part, text.origin + " [" + name + "]"); });
      const Request its = to_request(take_request(own));
      if (!its.tune.empty()) tune = its.tune;
      put(options, own);
    }
    put(options, typed);
    comparison.scenarios.push_back(make_scenario(name, its_env, its_algorithm, std::move(options), tune));
  }
  comparison.question = asked.request.question.empty() ? question_about(comparison) : asked.request.question;
  comparison.config = canonical_text(asked, rho);
  check(comparison, networks);
  return asked;
}

}  // namespace rhoam::compare
