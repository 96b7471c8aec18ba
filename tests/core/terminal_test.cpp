#include "rhoam/core/terminal.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace rhoam::core {
namespace {

/// COLUMNS for the time of a test, and a file that is no terminal.
struct Place {
  explicit Place(const char* columns) { setenv("COLUMNS", columns, 1); }
  ~Place() {
    unsetenv("COLUMNS");
    std::fclose(out);
  }
  std::FILE* out = std::tmpfile();
};

TEST(ColumnsOf, TheEnvironmentSays) { EXPECT_EQ(columns_of(Place("132").out, 100), 132); }

TEST(ColumnsOf, NonsenseIsNotHeard) {
  for (const char* nonsense : {"", "wide", "0", "-5", "99999999999"})
    EXPECT_EQ(columns_of(Place(nonsense).out, 100), 100) << nonsense;
}

TEST(ColumnsOf, NothingCanBeReadInNoColumns) {
  EXPECT_EQ(columns_of(Place("1").out, 100), 10);
  EXPECT_EQ(columns_of(Place("1000000").out, 100), 1000);
}

}  // namespace
}  // namespace rhoam::core
