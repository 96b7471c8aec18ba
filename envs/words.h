#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/errors.h"

namespace rhoam::envs {

/// State as a flat list of 64-bit words, written and read in the same order.
class Words {
 public:
  void put(std::uint64_t word) { words_.push_back(word); }
  void put(double value) { put(std::bit_cast<std::uint64_t>(value)); }
  void put(std::int64_t value) { put(static_cast<std::uint64_t>(value)); }
  void put(bool) = delete;
  std::span<const std::uint64_t> words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

/// Reads what Words wrote; throws CorruptError past the end.
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
  std::int64_t integer() { return static_cast<std::int64_t>(word()); }
  bool empty() const { return words_.empty(); }
  std::size_t size() const { return words_.size(); }  ///< words not yet read

 private:
  std::span<const std::uint64_t> words_;
};

}  // namespace rhoam::envs
