#include "apps/compare/cell.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "apps/compare/result_fields.h"
#include "core/errors.h"
#include "core/file.h"
#include "tests/core/scratch_folder.h"

namespace rhoam::compare {
namespace {

using nlohmann::json;

json result() {
  json all{{"seed", 7}, {"version", "a version"}, {"tables", json::object()}};
  for (const auto& [name, value] : kResultNumbers) all[name] = nullptr;
  for (const auto& [name, value] : kResultCounts) all[name] = 12;
  return all;
}

CellResult read(const std::string& text) {
  const test::ScratchFolder folder;
  core::replace_file(folder / "result.json", text);
  return read_result(folder.path(), 7);
}

CellResult read_with(const char* field, const json& value) {
  json all = result();
  all[field] = value;
  return read(all.dump());
}

TEST(ReadResult, TakesNumbersThatMayBeMissingAndCounts) {
  EXPECT_EQ(read_with("score", 1.5).score, 1.5);
  EXPECT_TRUE(std::isnan(read_with("score", nullptr).score));
  EXPECT_EQ(read_with("env_steps", 4096).steps, 4096);
}

TEST(ReadResult, RefusesCountsThatNoTrainingHas) {
  for (const json& value :
       {json(1e300), json(-1), json(1.5), json("7"), json(true), json(), json(~std::uint64_t{0})})
    EXPECT_THROW(read_with("env_steps", value), core::CorruptError) << value;
  for (const json& value : {json(8), json(-7), json(7.5), json("7"), json()})
    EXPECT_THROW(read_with("seed", value), core::CorruptError) << value;
}

TEST(ReadResult, RefusesWhatIsNoResult) {
  for (const char* text : {"", "[]", "{}", "7", "{\"seed\":7", "null"})
    EXPECT_THROW(read(text), core::CorruptError) << text;
  EXPECT_THROW(read_with("tables", {{"metrics.csv", 1}}), core::CorruptError);
  EXPECT_THROW(read_with("score", "high"), core::CorruptError);
}

}  // namespace
}  // namespace rhoam::compare
