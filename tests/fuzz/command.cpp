// A command line, its words separated by line feeds: refused as wrong, or understood. Nothing is trained or
// played: --help stands before the words.
#include <algorithm>

#include "rhoam/apps/verbs.h"
#include "rhoam/compare/plan.h"
#include "rhoam/compare/shard.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"
#include "rhoam/watch/options.h"

namespace rhoam::fuzz {
namespace {

using Words = std::vector<std::string>;

void help(int (*verb)(const apps::Invocation&), Words words) {
  words.insert(words.begin(), "--help");
  verb({words, {.networks = networks()}});
}

bool is_small(const Words& words) {
  std::string config;
  std::int64_t commas = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string word = words[i].starts_with("--") ? words[i].substr(2) : "";
    if (word.find('=') == std::string::npos && i + 1 < words.size()) word += "=" + words[i + 1];
    if (asks_for_little(word) == false) return false;
    commas += std::ranges::count(words[i], ',') + std::ranges::count(words[i], ';');
  }
  return commas < 12;
}

void compare_words(const Words& words) {
  if (compare::peek(words).help || !is_small(words)) return;
  const auto plan = compare::make_plan(words);
  compare::check(plan.comparison, networks());
  compare::find_shard(plan.request.shard);
}

void watch_words(const Words& words) {
  watch::WatchOptions request;
  core::Options options;
  request.describe(options);
  options.parse(words, 3);
  options.apply();
  options.help();
  watch::refuse_empty(options);
  watch::check_world(request.params, request.drifts);
  request.style.pixels(request.style.wants_charts(true, true), true);
}

void run(const std::string& verb, const Words& words) {
  if (verb == "train") return help(apps::run_train, words);
  if (verb == "eval") return help(apps::run_eval, words);
  if (verb == "inspect") return help(apps::run_inspect, words);
  if (verb == "compare") return compare_words(words);
  if (verb == "watch") return watch_words(words);
}

}  // namespace

void check(const std::string& input) {
  static const bool empty_folder = (std::filesystem::current_path(scratch()), true);
  demand(empty_folder, "");
  Words words = core::split(input, '\n');
  const std::string verb = words.front();
  words.erase(words.begin());
  for (const auto& word : words)
    if (word.find("help") != std::string::npos || word == "--" || word.find('\0') != std::string::npos)
      return;
  succeeds<core::UsageError>([&] { run(verb, words); });
}

}  // namespace rhoam::fuzz
