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
  const auto tuned = tuned_axes(tune, options);
  Scenario scenario{.name = name,
                    .env = env,
                    .algorithm = make_experiment(env, algorithm, options, 0).algorithm,
                    .options = std::move(options),
                    .tuned = tuned,
                    .candidates = grid(tuned),
                    .regimes = {}};
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

/// Two scenarios of one name could not be told apart.
void check_names(const std::vector<Scenario>& scenarios) {
  for (const auto& scenario : scenarios)
    if (std::ranges::count(scenarios, scenario.name, &Scenario::name) > 1)
      throw core::UsageError("there are two scenarios '" + scenario.name + "'");
}

bool knows_regret(const Scenario& scenario) {
  const auto env = envs::make_vector_env(scenario.env, 1, nullptr);
  envs::StepBatch batch;
  env->reset(0, batch);
  std::vector<float> action(static_cast<std::size_t>(env->spec().action.size()), 0.0f);
  env->step(action, batch);
  return !batch.regret.empty();
}

Score score_of(const std::string& wanted, const std::vector<Scenario>& scenarios) {
  const bool known = std::ranges::all_of(scenarios, knows_regret);
  if (wanted == "regret" && !known)
    throw core::UsageError("--score regret needs an environment that knows its own, such as DriftBandit-v0");
  const bool regret = wanted == "regret" || (wanted == "auto" && known);
  return regret ? Score{"regret", false} : Score{"return", true};
}

/// " --rho 0.9,0.99" of "rho = 0.9,0.99", quoted for a shell; nothing of a comment.
std::string word_of(const std::string& line) {
  const auto equals = line.find(" = ");
  if (equals == std::string::npos || line.starts_with('#')) return "";
  const std::string name = line.substr(0, equals), value = line.substr(equals + 3);
  const bool plain = value.find_first_of(" ;'\"()$`\\&|<>*?") == std::string::npos && !value.empty();
  const std::string word = plain ? value : "'" + value + "'";
  return name == "env" ? " " + word : " --" + name + " " + word;
}

std::uint64_t parse_seed(const std::string& text) {
  if (text.empty()) return 0;
  const auto seed = core::parse_integer<std::uint64_t>(text);
  if (!seed) throw core::UsageError("--seed '" + text + "' is not a whole number");
  return *seed;
}

/// Puts together what was typed with what the suite or the config says.
class Reading {
 public:
  explicit Reading(const std::vector<std::string>& args) : first_(peek(args)), text_(read_text(first_)) {
    const std::string& last =
        text_.sections.back().text;  // the top may leave the environment to the scenarios
    const std::string env = env_of(last), algorithm = algorithm_of(last);
    typed_ = given_by(env, algorithm, [&](auto& options) { options.parse(args, 1); });
    common_ = given_by(env, algorithm, [&](auto& options) {
      options.read_config_text(text_.sections[0].text, text_.origin);
    });
    asks_ = take_request(common_);
    typed_asks_ = take_request(typed_);
    put(asks_, typed_asks_);
    put(common_, take(typed_, [](const auto& name) { return name == "rho" || name == "seed"; }));
    rho_ = take_value(common_, "rho");
    seed_ = take_value(common_, "seed");
  }

  Asked asked() {
    Asked asked{.request = to_request(asks_), .comparison = {}};
    Comparison& comparison = asked.comparison;
    Request& request = asked.request;
    if (request.name.empty()) request.name = request.suite;
    comparison.name = request.name;
    comparison.settings = settings_of(request, rho_);
    comparison.reference = find_reference(request.reference, comparison.settings);
    comparison.first_seed = parse_seed(seed_);
    comparison.seeds = request.seeds;
    comparison.tuning_seeds = request.tuning_seeds;
    comparison.every_rate = request.every_rate;
    for (std::size_t i = text_.sections.size() > 1 ? 1 : 0; i < text_.sections.size(); ++i)
      comparison.scenarios.push_back(scenario(i, request.tune));
    check_names(comparison.scenarios);
    comparison.question = request.question.empty() ? question_about(comparison) : request.question;
    for (auto& scenario : comparison.scenarios)
      if (request.oracle) scenario.regimes = regimes_of(drifts_of(scenario));
    comparison.score = score_of(request.score, comparison.scenarios);
    comparison.config = canonical_text(comparison, canonical_asks(request));
    comparison.command = command(comparison);
    return asked;
  }

 private:
  std::string value(const std::string& typed, const std::string& part, const char* name) const {
    if (!typed.empty()) return typed;
    const auto own = value_in(part, name, text_.origin);
    return own.empty() ? value_in(text_.sections[0].text, name, text_.origin) : own;
  }
  std::string algorithm_of(const std::string& part) const { return value(first_.algorithm, part, "algo"); }
  std::string env_of(const std::string& part) const {
    const auto env = value(first_.env, part, "env");
    if (env.empty())
      throw core::UsageError("compare needs an environment, such as CartPole-v1, or --suite NAME");
    return env;
  }

  Scenario scenario(std::size_t section, std::vector<std::string> tune) const {
    const auto& [name, part] = text_.sections[section];
    const std::string env = env_of(part), algorithm = algorithm_of(part);
    Given options = common_;
    if (section > 0) {
      Given own = given_by(
          env, algorithm, [&](auto& each) { each.read_config_text(part, text_.origin + " [" + name + "]"); });
      const bool typed =
          std::ranges::find(typed_asks_, "tune", &core::GivenOption::name) != typed_asks_.end();
      const Request its = to_request(take_request(own));
      if (!its.tune.empty() && !typed) tune = its.tune;
      put(options, own);
    }
    put(options, typed_);
    return make_scenario(name, env, algorithm, std::move(options), tune);
  }

  /// The options that decide the result, as short as they can be said.
  Given canonical_asks(Request& request) const {
    core::Options names;
    request.describe_question(names);
    Given asks = asks_;
    asks = take(asks, [&, all = names.names()](const auto& name) {
      return std::ranges::find(all, name) != all.end();
    });
    if (!request.name.empty()) put(asks, Given{{"name", {request.name}}});
    if (!rho_.empty()) asks.push_back({"rho", {rho_}});
    if (!seed_.empty()) asks.push_back({"seed", {seed_}});
    return asks;
  }

  std::string command(const Comparison& comparison) const {
    if (!first_.suite.empty()) return "rhoam compare --suite " + first_.suite;
    if (comparison.scenarios.size() > 1) return "rhoam compare --config comparison.ini";
    std::string words = "rhoam compare";
    for (const auto& line : core::split(comparison.config, '\n')) words += word_of(line);
    return words;
  }

  Request first_;
  Text text_;
  Given typed_, common_;     ///< options of the experiment
  Given asks_, typed_asks_;  ///< options of the request
  std::string rho_, seed_;
};

}  // namespace

void Request::describe_question(core::Options& options) {
  options.section("What to compare (--rho takes a list, and so does --lr, whose best value is then chosen)");
  options.add("question", question, "what the comparison answers, for the report");
  options.add("name", name, "what the comparison is called; default: the suite's name");
  options.list("axis", axes, "OPTION=VALUE,VALUE: an option of the training whose values are compared");
  options.add("seeds", seeds, "seeds of every setting, the same for all",
              {.low = kFewestSeeds, .high = kMostSeeds});
  options.add("tuning-seeds", tuning_seeds, "other seeds, on which the tuned options are chosen",
              {.low = 1, .high = kMostSeeds});
  options.add("reference", reference,
              "the setting that the others are held against; default: 0.99, else the first");
  options.choice("score", score, "what is compared: regret where the environment knows it, else return",
                 {"auto", "return", "regret"});
  options.flag("oracle", oracle,
               "also train in each of the worlds between which the drifts jump, for the return that is lost "
               "against an agent that knows its world");
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
  Asked asked = Reading(args).asked();
  check(asked.comparison, networks);
  return asked;
}

}  // namespace rhoam::compare
