#include "rhoam/core/csv.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

TEST(CsvLine, QuotesWhatWouldBreakIt) {
  EXPECT_EQ(csv_line({"a", "adam, 0.9", "say \"no\""}), "a,\"adam, 0.9\",\"say \"\"no\"\"\"\n");
}

std::map<std::string, std::vector<double>> read(const std::string& text) {
  const test::ScratchFolder folder;
  replace_file(folder / "table.csv", text);
  return read_columns(folder / "table.csv");
}

TEST(ReadColumns, TakesAnEmptyCellAsMissing) {
  auto columns = read("a,b\n1,\n3,4\n");
  EXPECT_EQ(columns["a"], (std::vector<double>{1, 3}));
  EXPECT_TRUE(std::isnan(columns["b"][0]));
}

TEST(ReadColumns, RefusesLinesOfAnotherLengthAndWords) {
  EXPECT_THROW(read("a,b\n1\n"), CorruptError);
  EXPECT_THROW(read("a,b\n1,two\n"), CorruptError);
  EXPECT_THROW(read("a,a\n1,2\n"), CorruptError);
}

}  // namespace
}  // namespace rhoam::core
