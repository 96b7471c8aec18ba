#include "rhoam/core/tensors.h"

#include <cstring>
#include <stdexcept>

#include "rhoam/core/errors.h"

namespace rhoam::core {
namespace {

template <class Value>
constexpr ElementType element_type() {
  if constexpr (std::is_same_v<Value, float>) return ElementType::f32;
  if constexpr (std::is_same_v<Value, double>) return ElementType::f64;
  if constexpr (std::is_same_v<Value, std::int64_t>) return ElementType::i64;
  return ElementType::u64;
}

template <class Value>
Tensor make_tensor(std::span<const Value> values, std::vector<std::int64_t> shape) {
  if (shape.empty()) shape = {static_cast<std::int64_t>(values.size())};
  std::size_t size = 1;
  for (const auto extent : shape) size *= static_cast<std::size_t>(extent);
  if (size != values.size()) throw std::logic_error("a tensor's shape does not fit its values");
  const auto bytes = std::as_bytes(values);
  return {element_type<Value>(), std::move(shape), {bytes.begin(), bytes.end()}};
}

void insert(std::map<std::string, Tensor>& tensors, const std::string& name, Tensor tensor) {
  if (!tensors.emplace(name, std::move(tensor)).second)
    throw std::logic_error("tensor '" + name + "' is put twice");
}

const Tensor& find(const std::map<std::string, Tensor>& tensors, const std::string& name, ElementType type) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) throw CorruptError("tensor '" + name + "' is missing");
  if (found->second.type != type) throw CorruptError("tensor '" + name + "' has another element type");
  return found->second;
}

template <class Value>
void copy_out(const std::map<std::string, Tensor>& tensors, const std::string& name, std::span<Value> values,
              const std::vector<std::int64_t>& shape) {
  const auto& [type, found_shape, bytes] = find(tensors, name, element_type<Value>());
  if (bytes.size() != values.size_bytes()) {
    throw CorruptError("tensor '" + name + "' has " + std::to_string(bytes.size() / sizeof(Value)) +
                       " elements, not " + std::to_string(values.size()));
  }
  const auto wanted = shape.empty() ? std::vector{static_cast<std::int64_t>(values.size())} : shape;
  if (found_shape != wanted) throw CorruptError("tensor '" + name + "' has another shape");
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
}

}  // namespace

void Tensors::put(const std::string& name, std::span<const float> values, std::vector<std::int64_t> shape) {
  insert(tensors_, name, make_tensor(values, std::move(shape)));
}
void Tensors::put(const std::string& name, std::span<const double> values, std::vector<std::int64_t> shape) {
  insert(tensors_, name, make_tensor(values, std::move(shape)));
}
void Tensors::put(const std::string& name, std::span<const std::int64_t> values,
                  std::vector<std::int64_t> shape) {
  insert(tensors_, name, make_tensor(values, std::move(shape)));
}
void Tensors::put(const std::string& name, std::span<const std::uint64_t> values,
                  std::vector<std::int64_t> shape) {
  insert(tensors_, name, make_tensor(values, std::move(shape)));
}

void Tensors::get(const std::string& name, std::span<float> values,
                  const std::vector<std::int64_t>& shape) const {
  copy_out(tensors_, name, values, shape);
}
void Tensors::get(const std::string& name, std::span<double> values,
                  const std::vector<std::int64_t>& shape) const {
  copy_out(tensors_, name, values, shape);
}
void Tensors::get(const std::string& name, std::span<std::int64_t> values,
                  const std::vector<std::int64_t>& shape) const {
  copy_out(tensors_, name, values, shape);
}
void Tensors::get(const std::string& name, std::span<std::uint64_t> values,
                  const std::vector<std::int64_t>& shape) const {
  copy_out(tensors_, name, values, shape);
}

std::vector<std::uint64_t> Tensors::words(const std::string& name) const {
  std::vector<std::uint64_t> values(find(tensors_, name, ElementType::u64).bytes.size() /
                                    sizeof(std::uint64_t));
  copy_out<std::uint64_t>(tensors_, name, values, {});
  return values;
}

}  // namespace rhoam::core
