#pragma once
#include <string>
#include <vector>

#include "rhoam/apps/program.h"

namespace rhoam::apps {

/// Arguments of a verb.
struct Invocation {
  std::vector<std::string> args;  ///< the words after the verb
  Parts parts;
};

struct Verb {
  const char* name;
  const char* usage;    ///< the words after "rhoam"
  const char* summary;  ///< one line
  int (*run)(const Invocation&);
};

/// The text of `rhoam --help`.
std::string overview();

/// Throws UsageError with the closest name.
const Verb& find_verb(const std::string& name);

/// The windows of this program. Throws core::NeedsProgram if it has none.
const render::WindowSystem& windows_of(const Parts& parts);

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
