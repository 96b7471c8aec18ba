#include "rhoam/core/tensorboard.h"

#include <bit>
#include <chrono>
#include <cmath>
#include <cstring>
#include <string>

#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"

namespace rhoam::core {
namespace {

// The fields of tensorflow/core/util/event.proto and summary.proto that a scalar needs.
enum EventField { kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5 };
constexpr int kSummaryValue = 1;
enum ValueField { kTag = 1, kSimpleValue = 2 };

enum WireType { kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5 };

template <class Value>
std::string raw(Value value) {
  return {reinterpret_cast<const char*>(&value), sizeof value};
}

std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value >= 0x80; value >>= 7) bytes += static_cast<char>(value | 0x80);
  return bytes + static_cast<char>(value);
}

std::string tag(int field, WireType type) { return varint(static_cast<std::uint64_t>(field) << 3 | type); }
std::string field(int number, double value) { return tag(number, kFixed64) + raw(value); }
std::string field(int number, float value) { return tag(number, kFixed32) + raw(value); }
std::string field(int number, std::int64_t value) {
  return tag(number, kVarint) + varint(static_cast<std::uint64_t>(value));
}
std::string field(int number, const std::string& bytes) {
  return tag(number, kBytes) + varint(bytes.size()) + bytes;
}

// TFRecord rotates the checksum so that a checksum of data that contains checksums stays meaningful.
std::string masked_crc(const std::string& bytes) {
  return raw(static_cast<std::uint32_t>(std::rotr(crc32c(bytes), 15) + 0xa282ead8U));
}

std::string record(const std::string& event) {
  const auto length = raw(static_cast<std::uint64_t>(event.size()));
  return length + masked_crc(length) + event + masked_crc(event);
}

std::string version_record() {
  return record(field(kWallTime, wall_time_now()) + field(kFileVersion, std::string("brain.Event:2")));
}

constexpr std::uint64_t kFraming = sizeof(std::uint64_t) + 2 * sizeof(std::uint32_t);

}  // namespace

EventFile::EventFile(const std::filesystem::path& path) : file_(path) {
  if (file_.size() == 0) file_.append(version_record());
}

void EventFile::add(std::int64_t step, double wall_time, std::span<const Metric> scalars) {
  std::string summary;
  for (const auto& [name, value] : scalars) {
    if (std::isnan(value)) continue;
    summary += field(kSummaryValue, field(kTag, name) + field(kSimpleValue, static_cast<float>(value)));
  }
  file_.append(record(field(kWallTime, wall_time) + field(kStep, step) + field(kSummary, summary)));
}

std::uint64_t EventFile::end_of(std::int64_t events) const {
  const auto bytes = read_file(file_.path());
  std::uint64_t end = 0;
  for (std::int64_t i = 0; i <= events; ++i) {
    std::uint64_t length = 0;
    if (bytes.size() - end >= kFraming) std::memcpy(&length, bytes.data() + end, sizeof length);
    if (bytes.size() - end < kFraming || length > bytes.size() - end - kFraming) {
      throw CorruptError("'" + file_.path().string() + "' has fewer events than the checkpoint says");
    }
    end += kFraming + length;
  }
  return end;
}

void EventFile::cut_back(std::int64_t events) { file_.truncate(end_of(events)); }

bool holds_events(const std::filesystem::path& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return !error && size > version_record().size();
}

double wall_time_now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace rhoam::core
