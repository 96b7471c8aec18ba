#include "rhoam/core/safetensors.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::core {
namespace {

using test::error_of;
using testing::HasSubstr;

Tensors example() {
  Tensors tensors;
  tensors.put("actor/weight", std::vector<float>{1, -2, 3, 4, 5, 6}, {2, 3});
  tensors.put("actor/v", std::vector<double>{0.1});
  tensors.put("counters", std::vector<std::int64_t>{-1, 2});
  tensors.put("stream", std::vector<std::uint64_t>{~std::uint64_t{0}, 1, 2, 3});
  tensors.put("empty", std::vector<float>{});
  tensors.metadata = {{"options", "lr = 0.1\nname = \"ρ\"\n"}};
  return tensors;
}

class Safetensors : public testing::Test {
 protected:
  std::string error_reading(const std::string& bytes) {
    return error_of<CorruptError>([&] { parse_safetensors(bytes); });
  }
  // A file of this header, with the right checksum in the place of "########".
  std::string error_of_header(std::string header, const std::string& data = "") {
    const auto at = header.find("########");
    if (at != std::string::npos) {
      header.replace(at, 8, "00000000");
      char digits[9];
      std::snprintf(digits, sizeof digits, "%08x", crc32c(header + data));
      header.replace(at, 8, digits);
    }
    const std::uint64_t length = header.size();
    return error_reading(std::string(reinterpret_cast<const char*>(&length), 8) + header + data);
  }
  std::filesystem::path path() const { return folder_ / "a.safetensors"; }

 private:
  test::ScratchFolder folder_;
};

constexpr const char* kMetadata = R"("__metadata__":{"checksum":"########"})";

// A file with one tensor "t" described by these fields.
std::string one(const std::string& fields) {
  return std::string("{") + kMetadata + ",\"t\":{" + fields + "}}";
}

TEST_F(Safetensors, WhatIsWrittenIsRead) {
  write_safetensors(path(), example());
  const auto tensors = read_safetensors(path());
  const auto expected = example();
  EXPECT_EQ(tensors.metadata, expected.metadata);
  ASSERT_EQ(tensors.all().size(), expected.all().size());
  for (const auto& [name, tensor] : expected.all()) {
    EXPECT_EQ(tensors.all().at(name).shape, tensor.shape) << name;
    EXPECT_EQ(tensors.all().at(name).bytes, tensor.bytes) << name;
  }
}

TEST_F(Safetensors, BytesDependOnContentAlone) {
  Tensors other_order;
  const auto all = example();
  for (auto it = all.all().rbegin(); it != all.all().rend(); ++it) other_order.all().insert(*it);
  other_order.metadata = all.metadata;
  EXPECT_EQ(format_safetensors(all), format_safetensors(other_order));
}

TEST_F(Safetensors, DataBeginsAtAMultipleOfEight) {
  std::uint64_t length;
  std::memcpy(&length, format_safetensors(example()).data(), 8);
  EXPECT_EQ(length % 8, 0u);
}

TEST_F(Safetensors, EveryTensorBeginsAtAMultipleOfItsElement) {
  Tensors tensors;
  tensors.put("a", std::vector<float>(3));
  tensors.put("b", std::vector<double>(1));
  tensors.put("c", std::vector<float>(5));
  tensors.put("d", std::vector<std::int64_t>(2));
  const auto bytes = format_safetensors(tensors);
  std::uint64_t length;
  std::memcpy(&length, bytes.data(), 8);
  const auto header = nlohmann::json::parse(bytes.substr(8, length));
  for (const auto& [name, entry] : header.items()) {
    if (name == "__metadata__") continue;
    EXPECT_EQ(entry["data_offsets"][0].get<int>() % (entry["dtype"] == "F32" ? 4 : 8), 0) << name;
  }
}

TEST_F(Safetensors, AnyOrderIsRead) {
  const auto two = [](const char* t, const char* u) {
    return one(fmt::format(
        R"("dtype":"F32","shape":[1],"data_offsets":{}}},"u":{{"dtype":"F64","shape":[1],"data_offsets":{})",
        t, u));
  };
  EXPECT_EQ(error_of_header(two("[0,4]", "[4,12]"), "123456789012"), "");
  EXPECT_EQ(error_of_header(two("[8,12]", "[0,8]"), "123456789012"), "");
  EXPECT_NE(error_of_header(two("[8,12]", "[8,16]"), "1234567890123456"), "");
}

TEST_F(Safetensors, TextThatIsNotUtf8IsMadeValid) {
  Tensors tensors;
  tensors.metadata = {{"a", "x\xff"}};
  EXPECT_EQ(parse_safetensors(format_safetensors(tensors)).metadata.at("a"), "x\ufffd");
}

TEST_F(Safetensors, EveryFlippedBitIsCaught) {
  auto bytes = format_safetensors(example());
  for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(error_reading(bytes), "") << "bit " << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
  }
}

TEST_F(Safetensors, EveryTruncationIsCaught) {
  const auto bytes = format_safetensors(example());
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_NE(error_reading(bytes.substr(0, size)), "") << size;
}

TEST_F(Safetensors, BytesAfterTheEndAreCaught) {
  EXPECT_NE(error_reading(format_safetensors(example()) + '\0'), "");
  EXPECT_THAT(error_of_header(std::string("{") + kMetadata + "}", "x"), HasSubstr("after the last tensor"));
}

TEST_F(Safetensors, HandMadeFileIsRead) {
  EXPECT_EQ(error_of_header(one(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"), "12345678"), "");
}

TEST_F(Safetensors, ErrorNamesTheFileAndTheReason) {
  write_file_atomically(path(), "short");
  EXPECT_THAT(error_of<CorruptError>([this] { read_safetensors(path()); }),
              HasSubstr("a.safetensors' is corrupt: the file ends within"));
}

TEST_F(Safetensors, MissingFileIsAUsageError) { EXPECT_THROW(read_safetensors("/nowhere/x"), UsageError); }

TEST_F(Safetensors, MissingChecksumIsCaught) { EXPECT_THAT(error_of_header("{}"), HasSubstr("no checksum")); }

TEST_F(Safetensors, HeaderLongerThanTheFileIsCaught) {
  for (const std::uint64_t length : {std::uint64_t{3}, std::uint64_t{100'000'001}, ~std::uint64_t{0}}) {
    EXPECT_THAT(error_reading(std::string(reinterpret_cast<const char*>(&length), 8) + "{}"),
                HasSubstr("ends early"));
  }
}

TEST_F(Safetensors, HostileSizesAreCaught) {
  for (const char* fields : {
           R"("dtype":"F32","shape":[3],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[2],"data_offsets":[0,9])",
           R"("dtype":"F32","shape":[2],"data_offsets":[4,12])",
           R"("dtype":"F32","shape":[2],"data_offsets":[8,0])",
           R"("dtype":"F32","shape":[2],"data_offsets":[0])",
           R"("dtype":"F32","shape":[2],"data_offsets":[0,8,8])",
           R"("dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0])",
           R"("dtype":"F32","shape":[18446744073709551615,0],"data_offsets":[0,0])",
           R"("dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[-2],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[2.0],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[1e999],"data_offsets":[0,8])",
           R"("dtype":"BF16","shape":[4],"data_offsets":[0,8])",
           R"("dtype":"F32","shape":[2])",
           R"("shape":[2],"data_offsets":[0,8])",
           R"("dtype":"F32","data_offsets":[0,8])",
       }) {
    EXPECT_NE(error_of_header(one(fields), "12345678"), "") << fields;
  }
}

TEST_F(Safetensors, OverlapAndGapsAreCaught) {
  const auto two = [](const std::string& second) {
    return one(
        R"("dtype":"F32","shape":[1],"data_offsets":[0,4]},"u":{"dtype":"F32","shape":[1],"data_offsets":)" +
        second);
  };
  EXPECT_EQ(error_of_header(two("[4,8]"), "12345678"), "");
  EXPECT_NE(error_of_header(two("[0,4]"), "1234"), "");
  EXPECT_NE(error_of_header(two("[8,12]"), "123456789012"), "");
}

TEST_F(Safetensors, OtherStructuresAreCaught) {
  for (const std::string header : {
           "",
           "[]",
           "null",
           "1",
           "{",
           "{}x",
           R"({"t":1})",
           R"({"t":[]})",
           R"({"t":{"dtype":{}}})",
           R"({"t":{"shape":[[1]]}})",
           R"({"t":{"dtype":1}})",
           R"({"t":{"shape":["1"]}})",
           R"({"t":{"x":true}})",
           R"({"__metadata__":{"checksum":1}})",
           R"({"__metadata__":{"a":{}}})",
           R"({"__metadata__":[]})",
           R"({"t":{"shape":[null]}})",
           R"({"":{"dtype":"F32"}})",
           "{\"\xff\":{}}",
           R"({"t":{"dtype":"F32","dtype":"F32"}})",
       }) {
    EXPECT_NE(error_of_header(header), "") << header;
  }
}

TEST_F(Safetensors, RepeatedNamesAreCaught) {
  const std::string tensor = R"("t":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  EXPECT_THAT(error_of_header(std::string("{") + kMetadata + "," + tensor + "," + tensor + "}"),
              HasSubstr("twice"));
  EXPECT_THAT(error_of_header(std::string("{") + kMetadata + "," + kMetadata + "}"), HasSubstr("twice"));
  EXPECT_THAT(error_of_header(R"({"__metadata__":{"checksum":"########","checksum":""}})"),
              HasSubstr("twice"));
}

TEST_F(Safetensors, DeepNestingIsCaughtWithoutMemory) {
  EXPECT_NE(error_of_header(std::string(50'000'000, '[')), "");
  EXPECT_NE(error_of_header("{\"a\":" + std::string(10'000'000, '[')), "");
}

TEST(Tensors, MissingNameTypeAndSizeAreNamed) {
  const auto tensors = example();
  std::vector<float> floats(5);
  std::vector<double> doubles(1);
  EXPECT_THAT(error_of<CorruptError>([&] { tensors.get("nothing", floats); }),
              HasSubstr("'nothing' is missing"));
  EXPECT_THAT(error_of<CorruptError>([&] { tensors.get("actor/weight", doubles); }),
              HasSubstr("another element type"));
  EXPECT_THAT(error_of<CorruptError>([&] { tensors.get("actor/weight", floats); }),
              HasSubstr("has 6 elements, not 5"));
}

TEST(Tensors, SecondPutIsAProgrammersError) {
  auto tensors = example();
  EXPECT_THROW(tensors.put("actor/v", std::vector<double>{1}), std::logic_error);
  EXPECT_THROW(tensors.put("other", std::vector<double>{1}, {2}), std::logic_error);
}

TEST(Tensors, WordsComeInTheirOwnLength) { EXPECT_EQ(example().words("stream").size(), 4u); }

}  // namespace
}  // namespace rhoam::core
