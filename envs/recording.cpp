#include "rhoam/envs/recording.h"

namespace rhoam::envs {
namespace {

void demand(bool possible) {
  if (!possible) throw core::CorruptError("the saved environment state holds an impossible count");
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

void Recording::load(WordReader& in, std::size_t params, std::size_t floats) {
  stream_ = in.stream();
  params_.resize(params);
  for (auto& value : params_) value = in.real();
  demand(in.word() == floats && floats <= in.size());
  actions_.resize(floats);
  for (auto& value : actions_) value = in.real32();
  const std::uint64_t changes = in.word();
  demand(changes <= in.size());
  changes_.resize(changes);
  for (auto& change : changes_) change = {.step = in.integer(), .param = in.integer(), .value = in.real()};
}

}  // namespace rhoam::envs
