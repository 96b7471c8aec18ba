#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

/// The defaults on a few seeds; README.md has the full results.
struct Task {
  const char* name;
  std::vector<std::string> train;
  int seeds;
};

void PrintTo(const Task& task, std::ostream* out) { *out << task.name; }

class Learn : public testing::TestWithParam<Task> {};

TEST_P(Learn, DefaultsSolveTheEnvironment) {
#ifdef RHOAM_TEN_SEEDS
  const int seeds = 10;
#else
  const int seeds = GetParam().seeds;
#endif
  for (int seed = 0; seed < seeds; ++seed) {
    const TemporaryDirectory place;
    std::vector<std::string> args{"train"};
    args.insert(args.end(), GetParam().train.begin(), GetParam().train.end());
    args.insert(args.end(),
                {"--json", "--quiet", "--seed", std::to_string(seed), "--out", (place / "run").string()});
    const auto finished = rhoam(args);
    ASSERT_EQ(finished.code, 0) << finished.err;
    EXPECT_FALSE(nlohmann::json::parse(finished.out)["solved_at_steps"].is_null()) << finished.out;
  }
}

INSTANTIATE_TEST_SUITE_P(Tasks, Learn,
                         testing::Values(Task{"CartPolePpo", {"CartPole-v1"}, 3},
                                         Task{"CartPoleA2c", {"CartPole-v1", "--algo", "a2c"}, 2},
                                         Task{"CartPoleReinforce", {"CartPole-v1", "--algo", "reinforce"}, 2},
                                         Task{"LunarLander", {"LunarLander-v3"}, 1},
                                         Task{"LunarLanderContinuous", {"LunarLanderContinuous-v3"}, 1}),
                         [](const auto& task) { return task.param.name; });

}  // namespace
}  // namespace rhoam::tests
