// A file of tensors, as it is and with its checksum renewed: refused as corrupt, or read and written again
// alike.
#include "rhoam/core/safetensors.h"

#include <algorithm>

#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {
namespace {

bool same(const core::Tensors& a, const core::Tensors& b) {
  const auto alike = [](const auto& left, const auto& right) {
    return left.first == right.first && left.second.type == right.second.type &&
           left.second.shape == right.second.shape && left.second.bytes == right.second.bytes;
  };
  return a.metadata == b.metadata && a.all().size() == b.all().size() &&
         std::equal(a.all().begin(), a.all().end(), b.all().begin(), alike);
}

void check_file(const std::string& file) {
  core::Tensors tensors;
  if (!succeeds<core::CorruptError>([&] { tensors = core::parse_safetensors(file); })) return;
  const auto text = core::format_safetensors(tensors);
  const auto again = core::parse_safetensors(text);
  demand(same(again, tensors), "what was written is read otherwise");
  demand(core::format_safetensors(again) == text, "what was read is written otherwise");
}

}  // namespace

void check(const std::string& input) {
  check_file(input);
  check_file(with_checksum(input));
}

}  // namespace rhoam::fuzz
