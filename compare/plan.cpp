#include "rhoam/compare/plan.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>
#include <map>

#include "rhoam/compare/grid.h"
#include "rhoam/compare/options.h"
#include "rhoam/compare/suites.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/shell.h"
#include "rhoam/core/text.h"
#include "rhoam/envs/registry.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::compare {
namespace {

using Given = std::vector<core::GivenOption>;

constexpr double kMostTrainings = 100'000;

/// The text of a comparison, and where it comes from.
struct Text {
  std::string origin;  ///< for errors
  std::vector<Section> sections;
};

Text read_text(const CompareOptions& first) {
  if (!first.suite.empty() && !first.config.empty())
    throw core::UsageError("give either --suite or --config");
  if (!first.suite.empty()) return {"suite " + first.suite, split_sections(find_suite(first.suite).text)};
  if (first.config.empty()) return {"", split_sections("")};
  return {first.config, split_sections(core::read_config_file(first.config))};
}

/// The value of one option in a part of a config; empty where it is not given.
std::string value_in(const std::string& text, const std::string& name, const std::string& origin) {
  std::string value;
  core::Options options;
  options.add(name, value, "");
  options.read_config_text(text, origin, core::Unknown::skip);
  options.apply();
  return value;
}

/// All options that one source gives, of the request and of the training.
Given given_by(const std::string& env, const std::string& algorithm,
               const std::function<void(core::Options&)>& source) {
  CompareOptions request;
  training::TrainingConfig config(env, algorithm);
  core::Options options;
  request.describe(options);
  config.describe(options);
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

bool is_one_of(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

/// Takes the options of a request out of all those given.
Given take_request(Given& from) {
  CompareOptions request;
  core::Options options;
  request.describe(options);
  return take(from, [names = options.names()](const auto& name) { return is_one_of(names, name); });
}

CompareOptions to_request(const Given& given) {
  CompareOptions request;
  core::Options options;
  request.describe(options);
  options.take(given);
  options.apply();
  return request;
}

/// A scenario may only give options that can differ between scenarios.
void check_scenario_asks(const Given& asks, const std::string& scenario) {
  for (const auto& [name, texts] : asks)
    if (!is_one_of({"env", "algo", "tune"}, name))
      throw core::UsageError(fmt::format(
          "'{}' holds for all scenarios: it cannot stand in [scenario {}], only before the first of them",
          name, scenario));
}

/// Upper bound on the number of trainings.
double size_of(const Comparison& comparison) {
  double size = 0;
  for (const auto& scenario : comparison.scenarios) {
    const auto settings = static_cast<double>(comparison.settings.size()),
               candidates = static_cast<double>(scenario.candidates.size()),
               regimes = static_cast<double>(scenario.regimes.size());
    size += settings * comparison.seeds * (comparison.every_rate ? candidates : 1);
    size += (regimes + (candidates > 1 ? settings : 0)) * candidates * comparison.tuning_seeds;
  }
  return size;
}

/// Refuses settings that train alike: another option overrides what differs, or the optimizer does not use
/// it.
void check_apart(const Comparison& comparison, int scenario) {
  std::map<std::string, std::string> names;  // by config
  for (int setting = 0; setting < std::ssize(comparison.settings); ++setting) {
    const auto& [name, options] = comparison.settings[setting];
    training::TrainingConfig config = comparison.config_of({scenario, setting, 0, Stage::final, 0});
    const auto [same, fresh] = names.emplace(config.config_text(), name);
    if (!fresh)
      throw core::UsageError(fmt::format(
          "the settings '{}' and '{}' are the same training: another option overrides what differs",
          same->second, name));
    const auto& optimizer = config.plan->actor_optimizer();
    const bool rho = std::ranges::find(options, "rho", &Assignment::option) != options.end();
    if (rho && !optim::chosen_rho(optimizer))
      throw core::UsageError(fmt::format("'{}': {} has no rho to compare", name, optimizer.recipe));
  }
}

/// Gives every scenario whose world jumps the worlds that it jumps between.
void add_regimes(std::vector<Scenario>& scenarios) {
  for (auto& scenario : scenarios) scenario.regimes = regimes_of(drifts_of(scenario));
  if (std::ranges::all_of(scenarios, [](const Scenario& each) { return each.regimes.empty(); }))
    throw core::UsageError(
        "--oracle needs a drift that jumps between worlds, such as action-flip:square:dwell=51200");
}

/// Whether a value is the one that a scenario's trainings have by default.
IsDefault default_of(const Scenario& scenario) {
  const auto config_with = [&scenario](const Assignments& more) {
    auto options = scenario.options;
    assign(options, more);
    return make_config(scenario.env, scenario.algorithm, options, 0).config_text();
  };
  return [config_with, usual = config_with({})](const Assignment& assignment) {
    return config_with({assignment}) == usual;
  };
}

std::string question_about(const Comparison& comparison) {
  const Scenario& scenario = comparison.scenarios.front();
  std::vector<std::string> names;
  for (const auto& [option, value] : comparison.settings.front().options) names.push_back(option);
  const auto drift = std::ranges::find(scenario.options, "drift", &core::GivenOption::name);
  const auto agent = std::ranges::count(names, "algo") > 0 ? "" : " for " + scenario.algorithm;
  return fmt::format("Which {} {} best{} on {}{}?", core::join(names, " and "),
                     names.size() == 1 ? "is" : "are", agent, scenario.env,
                     drift == scenario.options.end() ? "" : " under " + core::join(drift->texts, " and "));
}

Score score_of(const std::string& wanted, const std::vector<Scenario>& scenarios) {
  const bool known = std::ranges::all_of(
      scenarios, [](const Scenario& each) { return envs::find_env(each.env).knows_regret; });
  if (wanted == "regret" && !known)
    throw core::UsageError("--score regret needs an environment that knows its own, such as DriftBandit-v0");
  const bool regret = wanted == "regret" || (wanted == "auto" && known);
  return regret ? Score{"regret", false} : Score{"return", true};
}

std::uint64_t parse_seed(const std::string& text) {
  if (text.empty()) return 0;
  const auto seed = core::parse_integer<std::uint64_t>(text);
  if (!seed) throw core::UsageError("--seed '" + text + "' is not a whole number");
  return *seed;
}

/// Combines what was typed with the text of the suite or config.
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
    typed_question_ = typed_;
    asks_ = take_request(common_);
    put(asks_, take_request(typed_));
    put(common_, take(typed_, [](const auto& name) { return name == "rho" || name == "seed"; }));
    rho_ = take_value(common_, "rho");
    seed_ = take_value(common_, "seed");
  }

  Plan asked() {
    Plan asked{.request = to_request(asks_), .comparison = {}};
    Comparison& comparison = asked.comparison;
    CompareOptions& request = asked.request;
    if (request.name.empty()) request.name = request.suite;
    comparison.name = request.name;
    comparison.settings = settings_of(request.axes, rho_);
    comparison.first_seed = parse_seed(seed_);
    comparison.seeds = request.seeds;
    comparison.tuning_seeds = request.tuning_seeds;
    comparison.every_rate = request.every_rate;
    for (std::size_t i = text_.sections.size() > 1 ? 1 : 0; i < text_.sections.size(); ++i)
      comparison.scenarios.push_back(scenario(i, request.tune, comparison.settings));
    comparison.reference =
        find_reference(request.reference, comparison.settings, default_of(comparison.scenarios.front()));
    if (request.oracle) add_regimes(comparison.scenarios);
    comparison.question = request.question.empty() ? question_about(comparison) : request.question;
    comparison.score = score_of(request.score, comparison.scenarios);
    const Given asks = canonical_asks(request);
    comparison.config = canonical_text(comparison.scenarios, asks);
    comparison.command = command(comparison, asks);
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

  /// The options that a section gives itself.
  Given own_options(const Section& section, std::vector<std::string>& tune) const {
    Given own = given_by(env_of(section.text), algorithm_of(section.text), [&](auto& options) {
      options.read_config_text(section.text, text_.origin + " [" + section.name + "]");
    });
    Given asks = take_request(own);
    const auto common = take(own, [](const auto& each) { return each == "rho" || each == "seed"; });
    asks.insert(asks.end(), common.begin(), common.end());
    check_scenario_asks(asks, section.name);
    const CompareOptions its = to_request(asks);
    if (!its.tune.empty() && first_.tune.empty()) tune = its.tune;
    return own;
  }

  Scenario scenario(std::size_t index, std::vector<std::string> tune,
                    std::span<const Choice> settings) const {
    const Section& section = text_.sections[index];
    const std::string env = env_of(section.text), algorithm = algorithm_of(section.text);
    Given options = common_;
    if (index > 0) put(options, own_options(section, tune));
    put(options, typed_);
    auto tuned = tuned_axes(tune, settings, options);
    auto candidates = grid(tuned);
    return {.name = section.name,
            .env = env,
            .algorithm = make_config(env, algorithm, options, 0).algorithm,
            .options = std::move(options),
            .tuned = std::move(tuned),
            .candidates = std::move(candidates),
            .regimes = {}};
  }

  /// The options that determine the result, in their shortest form.
  Given canonical_asks(CompareOptions& request) const {
    core::Options options;
    request.describe_question(options);
    Given asks = asks_;
    asks = take(asks, [names = options.names()](const auto& name) { return is_one_of(names, name); });
    if (!request.name.empty()) put(asks, Given{{"name", {request.name}}});
    if (!rho_.empty()) asks.push_back({"rho", {rho_}});
    if (!seed_.empty()) asks.push_back({"seed", {seed_}});
    return asks;
  }

  std::string command(const Comparison& comparison, const Given& asks) const {
    if (!first_.suite.empty())
      return "rhoam compare --suite " + core::shell_quoted(first_.suite) + typed_words();
    if (comparison.scenarios.size() > 1) return "rhoam compare --config comparison.ini";
    Given options = as_typed(comparison.scenarios[0], asks);
    const std::string env = take_value(options, "env");
    return command_line("rhoam compare " + env, options);
  }

  /// What was typed of the question, as shell words.
  std::string typed_words() const {
    Given words = typed_question_;
    take(words, [](const auto& name) {
      return is_one_of({"suite", "out", "shard", "threads", "quiet", "json", "show"}, name);
    });
    return command_line(first_.env.empty() ? "" : " " + first_.env, words);
  }

  CompareOptions first_;
  Text text_;
  Given typed_question_;  ///< all options as typed
  Given typed_, common_;  ///< options of the training
  Given asks_;            ///< options of the request, typed or not
  std::string rho_, seed_;
};

}  // namespace

Plan make_plan(const std::vector<std::string>& args) { return Reading(args).asked(); }

// Builds every kind of trial once, so that none can be refused later.
void check(const Comparison& comparison, const agents::Networks& networks) {
  if (size_of(comparison) > kMostTrainings)
    throw core::UsageError(fmt::format(
        "the comparison has {:.0f} trainings, at most {:.0f} are allowed; take fewer settings or seeds",
        size_of(comparison), kMostTrainings));
  for (int scenario = 0; scenario < std::ssize(comparison.scenarios); ++scenario) {
    check_apart(comparison, scenario);
    for (int candidate = 0; candidate < std::ssize(comparison.scenarios[scenario].candidates); ++candidate) {
      for (int setting = 0; setting < std::ssize(comparison.settings); ++setting)
        training::check(comparison.config_of({scenario, setting, candidate, Stage::final, 0}), networks);
      for (int regime = 0; regime < std::ssize(comparison.scenarios[scenario].regimes); ++regime)
        training::check(
            comparison.config_of({scenario, comparison.reference, candidate, Stage::oracle, 0, regime}),
            networks);
    }
  }
}

}  // namespace rhoam::compare
