#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "rhoam/tests/apps/process.h"
#include "rhoam/tests/apps/variable.h"

namespace rhoam::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

struct Lack {
  const char* name;
  const char* call;     ///< a variable of refusing_calls.cpp
  int error;            ///< what the call fails with
  const char* warning;  ///< what is said; empty where nothing is lost
};

void PrintTo(const Lack& lack, std::ostream* out) { *out << lack.name; }

/// A shell command in a folder of its own, on a file system that lacks one thing.
class FileSystem : public testing::TestWithParam<Lack> {
 protected:
  Finished shell(const std::string& command) const {
    return run("sh", {"-c", "cd '" + place_.path().string() + "' && " + command});
  }
  /// One warning, if one is due, whatever else is said.
  static void expect_warned(const Finished& finished, const std::string& warning) {
    EXPECT_EQ(finished.code, 0) << finished.err;
    std::size_t warnings = 0;
    for (auto at = finished.err.find("warning: "); at != std::string::npos;
         at = finished.err.find("warning: ", at + 1))
      ++warnings;
    EXPECT_EQ(warnings, warning.empty() ? 0U : 1U) << finished.err;
    EXPECT_THAT(finished.err, HasSubstr(warning));
  }
  TemporaryDirectory place_;

 private:
  Variable preload_{"LD_PRELOAD", RHOAM_REFUSING_CALLS};
  Variable sanitizer_{"ASAN_OPTIONS", "verify_asan_link_order=0"};
  Variable call_{GetParam().call, std::to_string(GetParam().error).c_str()};
};

const std::string kTrain = RHOAM_PROGRAM " train CartPole-v1 --steps 4096 --eval-episodes 2 --quiet ";

TEST_P(FileSystem, TrainingGoesOnWithoutIt) {
  expect_warned(shell(kTrain), GetParam().warning);
  for (const char* run : {"latest", "runs/latest", "runs/CartPole-v1/ppo/*"})
    EXPECT_EQ(shell(RHOAM_PROGRAM " eval --episodes 2 " + std::string(run)).code, 0) << run;
  EXPECT_EQ(shell(RHOAM_PROGRAM " train --quiet --resume runs/latest --steps 6144").code, 0);
  fs::create_directory(place_ / "story");
  for (const char* words :
       {"inspect runs/latest", "watch runs/latest --story --speed 16 --record story/%05d.png",
        "train --from runs/latest --steps 2048 --eval-episodes 2 --out next"})
    EXPECT_EQ(shell(RHOAM_PROGRAM " " + std::string(words)).code, 0) << words;
}

TEST_P(FileSystem, ComparingGoesOnWithoutIt) {
  const auto compared = shell(RHOAM_PROGRAM
                              " compare CartPole-v1 --rho 0.9,0.99 --steps 512 --seeds 3 --tuning-seeds 1 "
                              "--quiet --out c");
  EXPECT_EQ(compared.code, 0) << compared.err;
  EXPECT_TRUE(fs::exists(place_ / "c" / "report.html"));
}

INSTANTIATE_TEST_SUITE_P(Lacks, FileSystem,
                         testing::Values(Lack{"LinksOfExfat", "REFUSE_symlink", EPERM, "runs/latest"},
                                         Lack{"LinksOfSmb", "REFUSE_symlink", EOPNOTSUPP, "runs/latest"},
                                         Lack{"LinksNotBuilt", "REFUSE_symlink", ENOSYS, "runs/latest"},
                                         Lack{"LocksOfNfs", "REFUSE_flock", ENOLCK, "no locks"},
                                         Lack{"LocksOfFoldersOnNfs", "REFUSE_flock", EBADF, "no locks"},
                                         Lack{"LocksOfLustre", "REFUSE_flock", ENOSYS, "no locks"},
                                         Lack{"LocksUnsupported", "REFUSE_flock", EOPNOTSUPP, "no locks"},
                                         Lack{"LocksInvalid", "REFUSE_flock", EINVAL, "no locks"},
                                         Lack{"LocksOfDvs", "REFUSE_flock", 524, "no locks"},
                                         Lack{"Sync", "REFUSE_fsync", ENOSYS, "power cut"},
                                         Lack{"SyncOfFolders", "REFUSE_fsync_of_folders", EINVAL,
                                              "power cut"}),
                         [](const auto& lack) { return lack.param.name; });

TEST(FileSystemWithoutLocks, SharesOfAComparisonDoOnlyTheirOwnAndAgree) {
  const TemporaryDirectory place;
  const Variable preload("LD_PRELOAD", RHOAM_REFUSING_CALLS), call("REFUSE_flock", "37"),
      sanitizer("ASAN_OPTIONS", "verify_asan_link_order=0");
  const std::string words = RHOAM_PROGRAM
      " compare CartPole-v1 --rho 0.9,0.99 --steps 512 --seeds 3 --tuning-seeds 2 --threads 2 --quiet --out ";
  const auto both = "cd '" + place.path().string() + "'; " + words + "shared --shard 0/2 & " + words +
                    "shared --shard 1/2; x=$?; wait $! && exit $x";
  ASSERT_EQ(run("sh", {"-c", both}).code, 0);
  ASSERT_EQ(run("sh", {"-c", words + "'" + (place / "whole").string() + "'"}).code, 0);
  EXPECT_EQ(read_text(place / "shared" / "results.csv"), read_text(place / "whole" / "results.csv"));
}

}  // namespace
}  // namespace rhoam::tests
