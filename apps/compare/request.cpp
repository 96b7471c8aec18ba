#include "apps/compare/request.h"

#include <fmt/core.h>

#include "apps/compare/axes.h"
#include "apps/experiment.h"

namespace rhoam::compare {
namespace {

constexpr int kFewestSeeds = 3;
constexpr int kMostSeeds = 10'000;

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
  options.add(
      "reference", reference,
      "the setting that all differences are taken to; default: ρ = 0.99, else the default, else the first");
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
                           "tunes nothing; default: {}, unless the rate is given or compared",
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
  options.add("threads", threads, "cells that run at once; 0 is one per usable processor",
              {.low = 0, .high = 1024});
  options.flag("quiet", quiet, "print nothing but errors, warnings and what --json asks for");
  options.flag("json", json, "sum up the result as one JSON object on the last line");
  options.flag("help", help, "show this text");
}

Request peek(const std::vector<std::string>& args) {
  Request chosen;
  core::Options options;
  chosen.describe(options);
  apps::ignore_switches(options);
  options.parse(args, args.size(), core::Unknown::skip);
  options.apply();
  chosen.env = apps::environment_of(options, chosen.env);
  return chosen;
}

}  // namespace rhoam::compare
