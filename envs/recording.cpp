#include "envs/recording.h"

namespace rhoam::envs {
namespace {

/// A count that a file claims; at most `limit`.
std::size_t count(WordReader& in, std::size_t limit) {
  const std::uint64_t n = in.word();
  if (n > limit) throw core::CorruptError("the saved environment state holds an impossible count");
  return static_cast<std::size_t>(n);
}

}  // namespace

void Recording::save(Words& out) const {
  out.put(stream_);
  for (const double value : params_) out.put(value);
  out.put(std::uint64_t{actions_.size()});
  for (const float value : actions_) out.put(value);
  out.put(std::uint64_t{changes_.size()});
  for (const auto& change : changes_) {
    out.put(change.step);
    out.put(change.param);
    out.put(change.value);
  }
}

void Recording::load(WordReader& in, std::size_t params, std::size_t max_floats) {
  stream_ = in.stream();
  params_.resize(params);
  for (auto& value : params_) value = in.real();
  actions_.resize(count(in, max_floats));
  for (auto& value : actions_) value = in.real32();
  changes_.resize(count(in, in.size()));
  for (auto& change : changes_) change = {.step = in.integer(), .param = in.integer(), .value = in.real()};
}

}  // namespace rhoam::envs
