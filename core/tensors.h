#pragma once
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace rhoam::core {

/// Element types of a checkpoint, named as in safetensors (F32, F64, I64, U64).
enum class ElementType { f32, f64, i64, u64 };

/// One named array: type, shape and its bytes (little endian, row-major).
struct Tensor {
  ElementType type = ElementType::f32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;
};

/// Named arrays and text metadata: the content of a checkpoint. Names are paths such as "actor/optimizer/v".
class Tensors {
 public:
  /// Stores a copy. An empty `shape` means one dimension of the span's length. To put a name twice is a
  /// programmer's error.
  void put(const std::string& name, std::span<const float> values, std::vector<std::int64_t> shape = {});
  void put(const std::string& name, std::span<const double> values, std::vector<std::int64_t> shape = {});
  void put(const std::string& name, std::span<const std::int64_t> values,
           std::vector<std::int64_t> shape = {});
  void put(const std::string& name, std::span<const std::uint64_t> values,
           std::vector<std::int64_t> shape = {});

  /// Copies into `values`. Throws CorruptError naming the tensor when it is missing or of another type or
  /// size.
  void get(const std::string& name, std::span<float> values,
           const std::vector<std::int64_t>& shape = {}) const;
  void get(const std::string& name, std::span<double> values,
           const std::vector<std::int64_t>& shape = {}) const;
  void get(const std::string& name, std::span<std::int64_t> values,
           const std::vector<std::int64_t>& shape = {}) const;
  void get(const std::string& name, std::span<std::uint64_t> values,
           const std::vector<std::int64_t>& shape = {}) const;

  /// All words of a tensor whose length the caller does not know.
  std::vector<std::uint64_t> words(const std::string& name) const;
  bool contains(const std::string& name) const { return tensors_.contains(name); }

  /// Metadata: options and counters as text.
  std::map<std::string, std::string> metadata;

  const std::map<std::string, Tensor>& all() const { return tensors_; }
  std::map<std::string, Tensor>& all() { return tensors_; }

 private:
  std::map<std::string, Tensor> tensors_;
};

}  // namespace rhoam::core
