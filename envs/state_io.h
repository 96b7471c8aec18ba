#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/random.h"

namespace rhoam::envs {

/// State as a flat list of 64-bit words, written and read in the same order.
class Words {
 public:
  void put(std::uint64_t word) { words_.push_back(word); }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(std::int64_t value) { put(static_cast<std::uint64_t>(value)); }
  void put(float value) { put(std::uint64_t{std::bit_cast<std::uint32_t>(value)}); }
  void put(const core::Stream::State& stream) {
    for (const std::uint64_t word : stream) put(word);
  }
  void put(bool) = delete;
  std::span<const std::uint64_t> words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

/// A hash of the words in their order.
inline std::uint64_t hash_of(const Words& words) {
  std::uint64_t hash = words.words().size();
  for (const std::uint64_t word : words.words()) hash = core::splitmix(hash ^ word, 0);
  return hash;
}

/// Reads what Words wrote; throws CorruptError past the end and on what Words cannot have written.
class WordReader {
 public:
  explicit WordReader(std::span<const std::uint64_t> words) : words_(words) {}
  std::uint64_t word() {
    if (words_.empty()) throw core::CorruptError("the saved environment state ends too early");
    const std::uint64_t word = words_.front();
    words_ = words_.subspan(1);
    return word;
  }
  double real() { return std::bit_cast<double>(word()); }
  float real32() {
    const std::uint64_t bits = word();
    if (bits >> 32 != 0) throw core::CorruptError("the saved environment state holds no float");
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  }
  core::Stream::State stream() {
    core::Stream::State state;
    for (std::uint64_t& each : state) each = word();
    if (state == core::Stream::State{})  // it would only ever yield zeros
      throw core::CorruptError("the saved environment state holds a stream of zeros");
    return state;
  }
  std::int64_t integer() { return static_cast<std::int64_t>(word()); }
  bool empty() const { return words_.empty(); }
  std::size_t size() const { return words_.size(); }  ///< words not yet read

 private:
  std::span<const std::uint64_t> words_;
};

}  // namespace rhoam::envs
