#include "rhoam/apps/verbs.h"

#include <fmt/core.h>

#include "rhoam/core/text.h"

namespace rhoam::apps {
namespace {

constexpr Verb kVerbs[] = {
    {"train", "train ENV-ID [options] | train --resume RUN",
     "train an agent and keep checkpoints, metrics and settings", run_train},
    {"eval", "eval RUN|FILE [options]", "play a trained agent and report its returns", run_eval},
    {"watch", "watch RUN|ENV-ID|FILE [options]", "see an agent play, in a window or as a film", run_watch},
    {"play", "play ENV-ID [options]", "fly by hand, against a trained agent", run_play},
    {"compare", "compare ENV-ID --rho X,Y,... [options]",
     "compare settings under drift: tuned rates, paired seeds, intervals, a report", run_compare},
    {"report", "report DIR|FILE", "rebuild the report of a comparison; sum up trainings over seeds",
     run_report},
    {"lab", "lab [NAME | --all] [options]", "experiments on the optimizer: claims, measurements, verdicts",
     run_lab},
    {"list", "list", "environments, algorithms, optimizers, dialects, schedules", run_list},
    {"inspect", "inspect RUN|FILE", "what a run or a checkpoint holds, and this machine's kernels",
     run_inspect},
    {"bench", "bench [WHAT]", "steps per second of environments, networks, optimizers and training here",
     run_bench},
};

}  // namespace

std::string overview() {
  std::string text =
      "rhoam: reinforcement-learning agents whose optimizer memory can be matched to a changing "
      "world\n\nUsage:\n";
  for (const Verb& verb : kVerbs) text += fmt::format("  rhoam {:<44} {}\n", verb.usage, verb.summary);
  text +=
      "  rhoam --version\n\n'rhoam VERB --help' shows the options of a verb. Start with: rhoam train "
      "CartPole-v1\n";
  return text;
}

const Verb& find_verb(const std::string& name) { return core::find_by_name(kVerbs, "verb", name); }

}  // namespace rhoam::apps
