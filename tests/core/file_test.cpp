#include "rhoam/core/file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"
#include "rhoam/tests/core/file_size_limit.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::error_of;
using testing::HasSubstr;

TEST(File, AtomicWriteReplacesTheWhole) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "long old content");
  write_file_atomically(folder / "a", "new");
  EXPECT_EQ(read_file(folder / "a"), "new");
}

TEST(File, FailedWriteLeavesTheOldFileAndNoOther) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "old");
  {
    const test::FileSizeLimit limit(1000);
    const auto error =
        error_of<IoError>([&] { write_file_atomically(folder / "a", std::string(5000, 'x')); });
    EXPECT_THAT(error, HasSubstr("File too large"));
    EXPECT_THAT(error, HasSubstr((folder / "a").string()));
  }
  EXPECT_EQ(read_file(folder / "a"), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(File, FullDeviceIsNoticed) {
  EXPECT_THAT(error_of<IoError>([] { LineFile("/dev/full").append("x"); }), HasSubstr("No space left"));
}

TEST(File, ADeviceIsWrittenToAndStaysADevice) {
  EXPECT_THAT(error_of<IoError>([] { write_file_atomically("/dev/full", "x"); }), HasSubstr("No space left"));
  EXPECT_NO_THROW(write_file_atomically("/dev/null", "x"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/full"));
  EXPECT_TRUE(std::filesystem::is_character_file("/dev/null"));
}

TEST(File, MissingFolderIsAnIoError) { EXPECT_THROW(write_file_atomically("/nowhere/a", ""), IoError); }

TEST(File, FolderIsNoFileToRead) { EXPECT_THROW(read_file("/tmp"), IoError); }

TEST(File, EndlessDeviceIsNoFileToRead) { EXPECT_THROW(read_file("/dev/zero"), IoError); }

TEST(File, MissingFileIsAUsageError) { EXPECT_THROW(read_file("/nowhere/a"), UsageError); }

TEST(File, LimitOfReadIsExact) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "12345");
  EXPECT_EQ(read_file(folder / "a", 5), "12345");
  EXPECT_THROW(read_file(folder / "a", 4), CorruptError);
}

TEST(File, FilesWithoutASizeAreRead) { EXPECT_THAT(read_file("/proc/self/status"), HasSubstr("VmPeak")); }

TEST(File, AConfigMayBeginWithAByteOrderMark) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", "\xef\xbb\xbfx = 1\n");
  EXPECT_EQ(read_config_file(folder / "a"), "x = 1\n");
}

TEST(File, AConfigInUtf16IsRefusedByName) {
  const test::ScratchFolder folder;
  for (const std::string& text : {std::string("\xff\xfex\0", 4), std::string("\xfe\xff\0x", 4),
                                  std::string("\xff\xfe\0\0x\0\0\0", 8), std::string("x\0", 2)}) {
    write_file_atomically(folder / "a", text);
    EXPECT_THAT(error_of<UsageError>([&] { read_config_file(folder / "a"); }), HasSubstr("UTF-16"));
  }
}

TEST(File, AConfigMayBeADeviceButNotAFolderOrEndless) {
  EXPECT_EQ(read_config_file("/dev/null"), "");
  EXPECT_THROW(read_config_file("/tmp"), UsageError);
  EXPECT_THROW(read_config_file("/dev/zero"), UsageError);
  EXPECT_THROW(read_config_file("/nowhere/a"), UsageError);
}

TEST(File, LineFileGoesOnWhereItWasCut) {
  const test::ScratchFolder folder;
  { LineFile(folder / "a").append("one\ntwo\n"); }
  LineFile file(folder / "a");
  EXPECT_EQ(file.size(), 8u);
  file.truncate(4);
  file.append("three\n");
  EXPECT_EQ(read_file(folder / "a"), "one\nthree\n");
}

TEST(Crc32c, MatchesTheVectorsOfRfc3720) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8a9136aaU);
  EXPECT_EQ(crc32c(std::string(32, '\xff')), 0x62a8ab43U);
  std::string ascending;
  for (char c = 0; c < 32; ++c) ascending += c;
  EXPECT_EQ(crc32c(ascending), 0x46dd794eU);
  EXPECT_EQ(crc32c("123456789"), 0xe3069283U);
}

TEST(Crc32c, PiecesGiveTheWhole) {
  const std::string text = "the quick brown fox jumps over the lazy dog";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    EXPECT_EQ(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text));
  }
}

}  // namespace
}  // namespace rhoam::core
