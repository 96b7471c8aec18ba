#include "apps/compare/csv_table.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/errors.h"
#include "core/file.h"
#include "tests/core/scratch_folder.h"

namespace rhoam::compare {
namespace {

TEST(CsvLine, QuotesWhatWouldBreakIt) {
  EXPECT_EQ(csv_line({"a", "adam, 0.9", "say \"no\""}), "a,\"adam, 0.9\",\"say \"\"no\"\"\"\n");
}

std::map<std::string, std::vector<double>> read(const std::string& text) {
  const test::ScratchFolder folder;
  core::replace_file(folder / "table.csv", text);
  return read_columns(folder / "table.csv");
}

TEST(ReadColumns, TakesAnEmptyCellAsMissing) {
  auto columns = read("a,b\n1,\n3,4\n");
  EXPECT_EQ(columns["a"], (std::vector<double>{1, 3}));
  EXPECT_TRUE(std::isnan(columns["b"][0]));
}

TEST(ReadColumns, RefusesLinesOfAnotherLengthAndWords) {
  EXPECT_THROW(read("a,b\n1\n"), core::CorruptError);
  EXPECT_THROW(read("a,b\n1,two\n"), core::CorruptError);
  EXPECT_THROW(read("a,a\n1,2\n"), core::CorruptError);
}

}  // namespace
}  // namespace rhoam::compare
