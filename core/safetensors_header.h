#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rhoam/core/tensors.h"

namespace rhoam::core {

/// Content of the JSON header of a safetensors file, not yet checked against the file.
struct SafetensorsHeader {
  struct Entry {
    std::string dtype;
    std::vector<std::uint64_t> shape;
    std::vector<std::uint64_t> offsets;
  };
  std::map<std::string, Entry> tensors;
  std::map<std::string, std::string> metadata;
};

/// Parses hostile text: accepts only the structure above, no duplicate keys, non-negative 64-bit numbers and
/// valid UTF-8, in memory proportional to the text. Throws CorruptError with the reason.
SafetensorsHeader parse_safetensors_header(std::string_view json);

/// The tensors in the order of a file: larger elements first, then by name.
std::vector<const std::pair<const std::string, Tensor>*> in_file_order(const Tensors& tensors);

/// The header text of these tensors laid out in that order, padded with spaces to a multiple of 8.
std::string format_safetensors_header(const Tensors& tensors,
                                      const std::map<std::string, std::string>& metadata);

/// "F32" …; empty for an unsupported type.
std::string_view safetensors_name(ElementType type);
std::size_t size_of(ElementType type);

}  // namespace rhoam::core
