#include "rhoam/core/safetensors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <stdexcept>

#include "rhoam/core/crc32c.h"
#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/safetensors_header.h"

namespace rhoam::core {
namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;  // the format's own limit
constexpr std::uint64_t kMaxFileBytes = std::uint64_t{1} << 32;
constexpr const char* kChecksum = "checksum";
constexpr std::string_view kChecksumKey = "\"checksum\":\"";
constexpr std::string_view kNoDigits = "00000000";

std::string digits(std::uint32_t crc) { return fmt::format("{:08x}", crc); }

// Offset of the checksum's digits in the header. The quotation marks of this pattern cannot occur inside a
// JSON string.
std::size_t digits_at(std::string_view header) {
  const auto key = header.find(kChecksumKey);
  if (key == std::string_view::npos || key + kChecksumKey.size() + kNoDigits.size() > header.size()) {
    throw CorruptError("there is no checksum");
  }
  return key + kChecksumKey.size();
}

std::uint32_t checksum(std::string_view header, std::string_view data) {
  const auto at = digits_at(header);
  const auto before = crc32c(kNoDigits, crc32c(header.substr(0, at)));
  return crc32c(data, crc32c(header.substr(at + kNoDigits.size()), before));
}

ElementType element_type(const std::string& name) {
  for (const auto type : {ElementType::f32, ElementType::f64, ElementType::i64, ElementType::u64}) {
    if (name == safetensors_name(type)) return type;
  }
  throw CorruptError("the element type '" + name + "' is unknown: allowed are F32, F64, I64, U64");
}

// Number of bytes for the shape, or nothing when it exceeds `limit`.
std::optional<std::uint64_t> bytes_of(const SafetensorsHeader::Entry& entry, ElementType type,
                                      std::uint64_t limit) {
  std::uint64_t bytes = size_of(type);
  for (const auto extent : entry.shape) {
    if (__builtin_mul_overflow(bytes, extent, &bytes)) return std::nullopt;
    if (extent > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
  }
  return bytes <= limit ? std::optional(bytes) : std::nullopt;
}

// Removes this tensor from the front of `data`.
Tensor take_tensor(const std::string& name, const SafetensorsHeader::Entry& entry, std::uint64_t offset,
                   std::string_view& data) {
  const auto type = element_type(entry.dtype);
  const auto bytes = bytes_of(entry, type, data.size());
  if (!bytes) throw CorruptError("tensor '" + name + "' is larger than the file");
  if (entry.offsets != std::vector<std::uint64_t>{offset, offset + *bytes}) {
    throw CorruptError("the offsets of tensor '" + name + "' do not fit its shape and its neighbours");
  }
  Tensor tensor{type, {entry.shape.begin(), entry.shape.end()}, {}};
  const auto raw = std::as_bytes(std::span(data.substr(0, *bytes)));
  tensor.bytes.assign(raw.begin(), raw.end());
  data.remove_prefix(*bytes);
  return tensor;
}

using NamedEntry = std::pair<const std::string, SafetensorsHeader::Entry>;

/// Entries by offset; an empty tensor comes before the one that begins at the same offset.
std::vector<const NamedEntry*> by_offset(const SafetensorsHeader& header) {
  std::vector<const NamedEntry*> order;
  for (const auto& named : header.tensors) order.push_back(&named);
  std::ranges::stable_sort(order, {}, [](const NamedEntry* named) { return named->second.offsets; });
  return order;
}

}  // namespace

std::string format_safetensors(const Tensors& tensors) {
  auto metadata = tensors.metadata;
  if (!metadata.emplace(kChecksum, kNoDigits).second)
    throw std::logic_error("the metadata have a checksum already");
  auto header = format_safetensors_header(tensors, metadata);
  std::string data;
  for (const auto* entry : in_file_order(tensors)) {
    const auto& bytes = entry->second.bytes;
    data.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  }
  header.replace(digits_at(header), kNoDigits.size(), digits(checksum(header, data)));
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), kLengthBytes) + header + data;
}

Tensors parse_safetensors(std::string_view file) {
  if (file.size() < kLengthBytes) throw CorruptError("the file ends within the length of its header");
  std::uint64_t length;
  std::memcpy(&length, file.data(), kLengthBytes);
  file.remove_prefix(kLengthBytes);
  if (length > kMaxHeaderBytes || length > file.size())
    throw CorruptError("it ends early, or is no safetensors file");
  const auto header_text = file.substr(0, length);
  auto data = file.substr(length);
  auto header = parse_safetensors_header(header_text);
  const auto expected = header.metadata.find(kChecksum);
  if (expected == header.metadata.end()) throw CorruptError("there is no checksum");
  if (expected->second != digits(checksum(header_text, data))) throw CorruptError("the checksum is wrong");

  Tensors tensors;
  std::uint64_t offset = 0;
  for (const auto* named : by_offset(header)) {
    const auto& [name, entry] = *named;
    auto tensor = take_tensor(name, entry, offset, data);
    offset += tensor.bytes.size();
    tensors.all().emplace(name, std::move(tensor));
  }
  if (!data.empty()) throw CorruptError("there are bytes after the last tensor");
  tensors.metadata = std::move(header.metadata);
  tensors.metadata.erase(kChecksum);
  return tensors;
}

void write_safetensors(const std::filesystem::path& path, const Tensors& tensors) {
  write_safetensors(std::span(&path, 1), tensors);
}

void write_safetensors(std::span<const std::filesystem::path> paths, const Tensors& tensors) {
  const auto bytes = format_safetensors(tensors);
  if (bytes.size() > kMaxFileBytes)
    throw IoError(fmt::format("cannot write '{}': its {} bytes are more than the 4 GiB that are read again",
                              paths[0].string(), bytes.size()));
  for (const auto& path : paths) write_file_atomically(path, bytes);
}

Tensors read_safetensors(const std::filesystem::path& path) {
  const auto file = read_file(path, kMaxFileBytes);
  try {
    return parse_safetensors(file);
  } catch (const CorruptError& error) {
    throw CorruptError("'" + path.string() + "' is corrupt: " + error.what());
  }
}

}  // namespace rhoam::core
