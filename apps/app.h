#pragma once
#include <map>
#include <span>
#include <string>
#include <vector>

#include "agents/config.h"

namespace rhoam::apps {

/// The network implementations that this program holds, by the name that `--network` takes.
using Networks = std::map<std::string, agents::NetworkFactory>;

/// What a verb gets from main.
struct Invocation {
  std::vector<std::string> args;  ///< the words after the verb
  Networks networks;
};

struct Verb {
  const char* name;
  const char* usage;    ///< the words after "rhoam"
  const char* summary;  ///< one line
  int (*run)(const Invocation&);
};

/// Every verb, in the order of the help text.
std::span<const Verb> verbs();

/// The whole program: finds the verb, runs it, turns errors into one line and the exit code of the contract.
int run(int argc, char** argv, const Networks& networks);

/// Writes one line that begins with the program's name to standard error, whatever the text holds. Never
/// throws.
void print_error(const std::string& text);

/// The same for what goes on with less than was asked for; nothing where the text is empty.
void print_warning(const std::string& text);

/// Thrown where a network is wanted that the program beside this one holds; main then becomes that one.
struct NeedsNetwork {
  std::string kind;
};

/// The factory of a kind. Throws NeedsNetwork, or UsageError that names the kinds that there are.
const agents::NetworkFactory& find_network(const Networks& networks, const std::string& kind);

/// A JSON value on one line; bytes that are no UTF-8 (a path) are replaced.
template <class Json>
std::string to_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

int run_train(const Invocation&);
int run_eval(const Invocation&);
int run_watch(const Invocation&);
int run_play(const Invocation&);
int run_list(const Invocation&);
int run_inspect(const Invocation&);
int run_bench(const Invocation&);
int run_lab(const Invocation&);
int run_compare(const Invocation&);
int run_report(const Invocation&);

}  // namespace rhoam::apps
