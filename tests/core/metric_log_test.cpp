#include "rhoam/core/metric_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstring>
#include <fstream>

#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"
#include "rhoam/tests/core/file_size_limit.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What a reader of TFRecords sees; it checks every checksum.
std::vector<std::string> records(std::string bytes) {
  std::vector<std::string> all;
  const auto check = [](std::string_view content, std::string_view crc) {
    std::uint32_t masked;
    std::memcpy(&masked, crc.data(), 4);
    EXPECT_EQ(std::rotl(masked - 0xa282ead8U, 15), crc32c(content));
  };
  while (!bytes.empty()) {
    std::uint64_t length;
    std::memcpy(&length, bytes.data(), 8);
    check(bytes.substr(0, 8), bytes.substr(8, 4));
    all.push_back(bytes.substr(12, length));
    check(all.back(), bytes.substr(12 + length, 4));
    bytes.erase(0, 16 + length);
  }
  return all;
}

class MetricLogTest : public testing::Test {
 protected:
  MetricLog open() { return {csv(), events()}; }
  std::filesystem::path csv() const { return folder_ / "metrics.csv"; }
  std::filesystem::path events() const { return folder_ / "events.out.tfevents.rhoam"; }
  static void add(MetricLog& log, int step) {
    log.row(step, std::vector<Metric>{{"a", step * 0.1}, {"b/c", 1e6}});
  }

 private:
  test::ScratchFolder folder_;
};

TEST_F(MetricLogTest, FirstRowGivesTheHeader) {
  auto log = open();
  add(log, 1);
  add(log, 2);
  EXPECT_EQ(read_file(csv()), "a,b/c\n0.1,1000000\n0.2,1000000\n");
}

TEST_F(MetricLogTest, MissingValuesAreEmptyCells) {
  auto log = open();
  log.row(1, std::vector<Metric>{{"a", NAN}, {"b", 1}});
  log.row(2, std::vector<Metric>{{"b", 2}});
  EXPECT_EQ(read_file(csv()), "a,b\n,1\n,2\n");
}

TEST_F(MetricLogTest, LaterNewKeyIsAProgrammersError) {
  auto log = open();
  add(log, 1);
  EXPECT_THROW(log.row(2, std::vector<Metric>{{"new", 1}}), std::logic_error);
  EXPECT_EQ(read_file(csv()).find("new"), std::string::npos);
}

TEST_F(MetricLogTest, DamagedRowIsRefusedAndNothingIsCut) {
  {
    auto log = open();
    for (int step = 0; step < 3; ++step) add(log, step);
  }
  auto text = read_file(csv());
  text[text.find(',')] = ';';
  write_file_atomically(csv(), text);
  Tensors tensors;
  const std::int64_t rows = 2;
  tensors.put("log/rows", std::span(&rows, 1));
  auto log = open();
  EXPECT_THROW(log.load(tensors, "log"), CorruptError);
  EXPECT_EQ(read_file(csv()), text);
}

TEST_F(MetricLogTest, CutBackRunEqualsTheUninterruptedOne) {
  auto whole = open();
  for (int step = 0; step < 5; ++step) add(whole, step);
  const auto expected = read_file(csv());
  const auto expected_events = records(read_file(events())).size();
  Tensors tensors;
  {
    std::filesystem::remove(csv());
    std::filesystem::remove(events());
    auto log = open();
    for (int step = 0; step < 3; ++step) add(log, step);
    log.save(tensors, "log");
    add(log, 99);
    std::ofstream(csv(), std::ios::app) << "0.3,10";  // killed within a row
    std::ofstream(events(), std::ios::app) << "xyz";
  }
  auto log = open();
  log.load(tensors, "log");
  for (int step = 3; step < 5; ++step) add(log, step);
  EXPECT_EQ(read_file(csv()), expected);
  EXPECT_EQ(records(read_file(events())).size(), expected_events);
}

TEST_F(MetricLogTest, CutBackToNothingForgetsTheColumns) {
  auto log = open();
  Tensors tensors;
  log.save(tensors, "log");
  add(log, 1);
  log.load(tensors, "log");
  log.row(1, std::vector<Metric>{{"other", 3}});
  EXPECT_EQ(read_file(csv()), "other\n3\n");
}

TEST_F(MetricLogTest, ShorterLogThanTheCheckpointSaysIsCorrupt) {
  auto log = open();
  add(log, 1);
  Tensors tensors;
  log.save(tensors, "log");
  std::filesystem::resize_file(csv(), 3);
  EXPECT_THROW(open().load(tensors, "log"), CorruptError);
  Tensors negative;
  negative.put("log/rows", std::vector<std::int64_t>{-1});
  EXPECT_THROW(open().load(negative, "log"), CorruptError);
}

TEST_F(MetricLogTest, EventsAreProtobufWithCheckedFrames) {
  auto log = open();
  log.row(300, std::vector<Metric>{{"tag", 1.5}, {"none", NAN}});
  const auto all = records(read_file(events()));
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].substr(9), std::string("\x1a\x0d") + "brain.Event:2");
  // step 300; summary of 12 bytes { value of 10 bytes { tag "tag", simple_value 1.5f } }
  EXPECT_EQ(all[1].substr(9), std::string("\x10\xac\x02\x2a\x0c\x0a\x0a\x0a\x03tag\x15\x00\x00\xc0\x3f", 17));
}

TEST_F(MetricLogTest, TheFirstEventHasTheTimeOfTheStart) {
  const double before = wall_time_now();
  open();
  EXPECT_FALSE(holds_events(events()));
  double time;
  std::memcpy(&time, records(read_file(events()))[0].data() + 1, sizeof time);
  EXPECT_GE(time, before);
  EXPECT_LE(time, wall_time_now());
}

TEST_F(MetricLogTest, FullDiskIsNoticed) {
  auto log = open();
  add(log, 1);
  const test::FileSizeLimit limit(std::filesystem::file_size(csv()) + 3);
  EXPECT_THROW(add(log, 2), IoError);
}

}  // namespace
}  // namespace rhoam::core
