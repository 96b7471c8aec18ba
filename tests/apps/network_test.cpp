#include <gmock/gmock.h>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

Finished own(const Words& words) { return run(RHOAM_WITH_OWN_NETWORK, words); }

/// A training of a second with the network "mine".
Words small_training(const std::filesystem::path& out) {
  return {"train",           "CartPole-v1", "--network", "mine",       "--steps", "4096",
          "--eval-episodes", "2",           "--out",     out.string(), "--quiet"};
}

TEST(OwnNetwork, ServesEveryVerb) {
  const TemporaryDirectory folder;
  const auto run = (folder / "a").string();
  for (const auto& words :
       {small_training(folder / "a"), Words{"eval", run, "--episodes", "2"},
        Words{"train", "--resume", run, "--quiet"}, Words{"inspect", run},
        Words{"watch", run, "--episodes", "1", "--record", (folder / "film.gif").string()},
        Words{"compare", "CartPole-v1", "--axis", "network=mlp,mine", "--tune", "none", "--seeds", "3",
              "--steps", "2048", "--out", (folder / "c").string()},
        Words{"report", (folder / "c").string()}}) {
    const auto done = own(words);
    EXPECT_EQ(done.code, 0) << words[0] << ": " << done.err;
  }
}

TEST(OwnNetwork, IsNotKnownToOtherPrograms) {
  const TemporaryDirectory folder;
  ASSERT_EQ(own(small_training(folder / "a")).code, 0);
  const auto refused = rhoam({"eval", (folder / "a").string()});
  EXPECT_EQ(refused.code, 2);
  EXPECT_THAT(refused.err, HasSubstr("--network 'mine' is unknown to this program: allowed are mlp"));
}

TEST(OwnNetwork, AWrongNameIsRefusedWithThoseThatThereAre) {
  const TemporaryDirectory folder;
  for (const auto& words :
       {Words{"train", "CartPole-v1", "--out", (folder / "a").string()},
        Words{"compare", "CartPole-v1", "--rho", "0.9,0.99", "--out", (folder / "a").string()}}) {
    auto wrong = words;
    wrong.insert(wrong.end(), {"--network", "mien"});
    const auto refused = own(wrong);
    EXPECT_EQ(refused.code, 2);
    EXPECT_THAT(refused.err, HasSubstr("--network 'mien' is unknown to this program: allowed are mine, mlp"));
    EXPECT_THAT(refused.err, HasSubstr("did you mean 'mine'?"));
    EXPECT_FALSE(std::filesystem::exists(folder / "a"));
  }
}

}  // namespace
}  // namespace rhoam::tests
