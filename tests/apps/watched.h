#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/apps/variable.h"
#include "rhoam/tests/watch/working_folder.h"

namespace rhoam::tests {

using Words = std::vector<std::string>;

inline Words operator+(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

inline auto lines_in(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

/// A working directory, in which "run" is the run of a short training with several checkpoints, and "a", "b",
/// "p" and "q" are empty folders.
class WatchedRun : public testing::Test {
 protected:
  WatchedRun() {
    train("run");
    for (const char* folder : {"a", "b", "p", "q"}) std::filesystem::create_directory(folder);
  }

  static void train(const std::string& run, const Words& more = {}) {
    const auto finished =
        rhoam(Words{"train", "CartPole-v1", "--algo", "a2c", "--steps", "300", "--eval-episodes", "1",
                    "--checkpoint-every", "100", "--out", run, "--quiet"} +
              more);
    EXPECT_EQ(finished.code, 0) << finished.err;
  }
  /// Watches with these words; what went wrong is shown.
  static Finished watch(const Words& words) {
    auto finished = rhoam(Words{"watch"} + words);
    EXPECT_EQ(finished.code, 0) << finished.err;
    return finished;
  }
  /// The JSON of watching with these words.
  static nlohmann::json summary(const Words& words) {
    return nlohmann::json::parse(watch(words + Words{"--json"}).out);
  }
  /// Watching with these words is refused in one line with this in it.
  static void expect_refusal(const Words& words, int code, const std::string& part) {
    const auto finished = rhoam(Words{"watch"} + words);
    EXPECT_EQ(finished.code, code) << finished.err;
    EXPECT_EQ(lines_in(finished.err), 1) << finished.err;
    EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
    EXPECT_EQ(finished.out, "");
  }

  test::WorkingFolder folder_;
};

}  // namespace rhoam::tests
