// Mutates safetensors files one tensor or one text at a time and renews their checksum, so that what stands
// behind the checksum is reached. Every input is a file that the program can be given.
#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>
#include <limits>
#include <optional>
#include <random>

#include "rhoam/core/safetensors.h"
#include "rhoam/core/safetensors_header.h"
#include "rhoam/tests/fuzz/harness.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t max_size);

namespace rhoam::fuzz {
namespace {

using Random = std::minstd_rand;

std::size_t below(Random& random, std::size_t n) { return static_cast<std::size_t>(random()) % n; }

template <class Map>
auto any_of(Map& map, Random& random) {
  return std::next(map.begin(), static_cast<std::ptrdiff_t>(below(random, map.size())));
}

/// libFuzzer's own mutation, of a text that may grow by half.
void mutate(std::string& text) {
  const std::size_t size = text.size();
  text.resize(size + size / 2 + 16);
  text.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), size, text.size()));
}

template <class Value>
Value unusual(Random& random) {
  using Limits = std::numeric_limits<Value>;
  const Value values[] = {0,
                          1,
                          static_cast<Value>(-1),
                          Limits::max(),
                          Limits::lowest(),
                          Limits::min(),
                          Limits::infinity(),
                          Limits::quiet_NaN(),
                          static_cast<Value>(1 << 30),
                          static_cast<Value>(static_cast<std::int64_t>(random()))};
  return values[below(random, std::size(values))];
}

template <class Value>
void set_one(core::Tensor& tensor, Random& random) {
  const std::size_t n = tensor.bytes.size() / sizeof(Value);
  const Value value = unusual<Value>(random);
  if (n > 0) std::memcpy(&tensor.bytes[below(random, n) * sizeof(Value)], &value, sizeof value);
}

void set_one(core::Tensor& tensor, Random& random) {
  switch (tensor.type) {
    case core::ElementType::f32:
      return set_one<float>(tensor, random);
    case core::ElementType::f64:
      return set_one<double>(tensor, random);
    case core::ElementType::i64:
      return set_one<std::int64_t>(tensor, random);
    case core::ElementType::u64:
      return set_one<std::uint64_t>(tensor, random);
  }
}

void mutate_bytes(core::Tensor& tensor) {
  auto* const bytes = reinterpret_cast<std::uint8_t*>(tensor.bytes.data());
  const std::size_t size = tensor.bytes.size();
  if (size > 0) std::fill(bytes + LLVMFuzzerMutate(bytes, size, size), bytes + size, std::uint8_t{0});
}

/// Another length, in one dimension.
void resize(core::Tensor& tensor, Random& random) {
  const std::size_t element = core::size_of(tensor.type), n = tensor.bytes.size() / element;
  const std::size_t sizes[] = {0, 1, n + 1, n == 0 ? 1 : n - 1, n / 2, 2 * n};
  const std::size_t size = sizes[below(random, std::size(sizes))];
  tensor.bytes.resize(size * element);
  tensor.shape = {static_cast<std::int64_t>(size)};
}

void mutate(core::Tensors& file, Random& random) {
  const std::size_t what = below(random, 16);
  if (!file.metadata.empty() && (what < 6 || file.all().empty())) {
    const auto text = any_of(file.metadata, random);
    return what == 0 ? void(file.metadata.erase(text)) : mutate(text->second);
  }
  if (file.all().empty()) return;
  const auto tensor = any_of(file.all(), random);
  if (what == 15) return void(file.all().erase(tensor));
  if (what == 14) return resize(tensor->second, random);
  return what < 10 ? mutate_bytes(tensor->second) : set_one(tensor->second, random);
}

std::optional<std::string> mutated(std::string_view bytes, Random& random) {
  try {
    auto file = core::parse_safetensors(bytes);
    mutate(file, random);
    return core::format_safetensors(file);
  } catch (const std::exception&) {  // no such file: its bytes are mutated
    return std::nullopt;
  }
}

}  // namespace
}  // namespace rhoam::fuzz

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t max_size,
                                               unsigned seed) {
  using namespace rhoam::fuzz;
  Random random(seed);
  constexpr std::size_t kOfBytes = 16;  // one in so many mutations knows nothing of the format
  auto file = below(random, kOfBytes) == 0 ? std::nullopt
                                           : mutated({reinterpret_cast<const char*>(data), size}, random);
  if (!file || file->size() > max_size) {
    const std::size_t changed = LLVMFuzzerMutate(data, size, max_size);
    file = with_checksum({reinterpret_cast<const char*>(data), changed});
  }
  std::memcpy(data, file->data(), file->size());
  return file->size();
}
