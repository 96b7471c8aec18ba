#include "rhoam/core/safetensors_header.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "rhoam/core/errors.h"

namespace rhoam::core {
namespace {

using Json = nlohmann::json;
constexpr const char* kMetadata = "__metadata__";

// Accepts events of the JSON parser only where the structure has a place for them; false stops the parser.
class HeaderReader final : public nlohmann::json_sax<Json> {
 public:
  SafetensorsHeader header;
  std::string reason = "the header is not the structure of a safetensors file";

  bool start_object(std::size_t) override {
    ++depth_;
    return depth_ == 1 || (depth_ == 2 && array_ == nullptr && !name_.empty());
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool key(string_t& text) override {
    if (depth_ == 1) return open_entry(text);
    field_ = text;
    if (name_ == kMetadata)
      return header.metadata.emplace(text, "").second || refuse("a metadata key comes twice");
    return fields_.emplace(text, true).second || refuse("a key of tensor '" + name_ + "' comes twice");
  }
  bool string(string_t& text) override {
    if (depth_ != 2 || array_ != nullptr) return false;
    if (name_ == kMetadata) return header.metadata[field_] = text, true;
    if (field_ != "dtype") return false;
    header.tensors[name_].dtype = text;
    return true;
  }
  bool start_array(std::size_t) override {
    if (depth_ != 2 || array_ != nullptr || name_ == kMetadata) return false;
    auto& entry = header.tensors[name_];
    if (field_ == "shape") array_ = &entry.shape;
    if (field_ == "data_offsets") array_ = &entry.offsets;
    return array_ != nullptr;
  }
  bool end_array() override {
    array_ = nullptr;
    return true;
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (array_ == nullptr) return false;
    array_->push_back(value);
    return true;
  }
  bool number_integer(number_integer_t) override { return refuse("the header has a negative number"); }
  bool number_float(number_float_t, const string_t&) override {
    return refuse("the header has a number that is too large or not whole");
  }
  bool null() override { return false; }
  bool boolean(bool) override { return false; }
  bool binary(binary_t&) override { return false; }
  bool parse_error(std::size_t position, const std::string&, const Json::exception&) override {
    return refuse("the header is not JSON at byte " + std::to_string(position));
  }

 private:
  bool refuse(std::string why) {
    reason = std::move(why);
    return false;
  }
  bool open_entry(const std::string& name) {
    if (name.empty()) return refuse("a tensor has no name");
    name_ = name;
    fields_.clear();
    if (name == kMetadata) return !std::exchange(has_metadata_, true) || refuse("the metadata come twice");
    return header.tensors.emplace(name, SafetensorsHeader::Entry{}).second ||
           refuse("tensor '" + name + "' comes twice");
  }

  int depth_ = 0;
  bool has_metadata_ = false;
  std::string name_;
  std::string field_;
  std::map<std::string, bool> fields_;
  std::vector<std::uint64_t>* array_ = nullptr;
};

}  // namespace

SafetensorsHeader parse_safetensors_header(std::string_view json) {
  HeaderReader reader;
  if (!Json::sax_parse(json, &reader)) throw CorruptError(reader.reason);
  return std::move(reader.header);
}

std::vector<const std::pair<const std::string, Tensor>*> in_file_order(const Tensors& tensors) {
  std::vector<const std::pair<const std::string, Tensor>*> order;
  for (const auto& entry : tensors.all()) order.push_back(&entry);
  std::ranges::stable_sort(order, std::greater<>(),
                           [](const auto* entry) { return size_of(entry->second.type); });
  return order;
}

std::string format_safetensors_header(const Tensors& tensors,
                                      const std::map<std::string, std::string>& metadata) {
  Json header = {{kMetadata, metadata}};
  std::size_t offset = 0;
  for (const auto* entry : in_file_order(tensors)) {
    const auto& [name, tensor] = *entry;
    const auto end = offset + tensor.bytes.size();
    header[name] = {
        {"dtype", safetensors_name(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
    offset = end;
  }
  auto text = header.dump(-1, ' ', false, Json::error_handler_t::replace);  // users' text need not be UTF-8
  text.resize((text.size() + 7) / 8 * 8, ' ');
  return text;
}

std::string_view safetensors_name(ElementType type) {
  switch (type) {
    case ElementType::f32:
      return "F32";
    case ElementType::f64:
      return "F64";
    case ElementType::i64:
      return "I64";
    case ElementType::u64:
      return "U64";
  }
  return "";
}

std::size_t size_of(ElementType type) { return type == ElementType::f32 ? 4 : 8; }

}  // namespace rhoam::core
