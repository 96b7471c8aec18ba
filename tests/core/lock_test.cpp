#include "rhoam/core/lock.h"

#include <gtest/gtest.h>

#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

TEST(Lock, ALockedFileKeepsItsContentAndCannotBeLockedAgain) {
  const test::ScratchFolder folder;
  LineFile(folder / "a").append("one\n");
  const auto lock = lock_file(folder / "a");
  EXPECT_TRUE(lock);
  EXPECT_FALSE(lock_file(folder / "a"));
  EXPECT_EQ(read_file(folder / "a"), "one\n");
}

}  // namespace
}  // namespace rhoam::core
