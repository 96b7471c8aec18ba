#include "rhoam/agents/streams.h"

#include <span>

#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

core::Stream::State read_state(const core::Tensors& in, const std::string& name) {
  core::Stream::State state;
  in.get(name, std::span<std::uint64_t>(state));
  if (state == core::Stream::State{}) throw core::CorruptError(name + " is all zeros");
  return state;
}

}  // namespace

void save_stream(core::Tensors& out, const std::string& name, const core::Stream& stream) {
  out.put("streams/" + name, std::span<const std::uint64_t>(stream.state()));
}

void load_stream(const core::Tensors& in, const std::string& name, core::Stream& stream) {
  stream.set_state(read_state(in, "streams/" + name));
}

void load_schedule(const core::Tensors& in, const std::string& prefix, core::Schedule& schedule) {
  if (in.contains(prefix + "/stream")) read_state(in, prefix + "/stream");
  schedule.load(in, prefix);
}

}  // namespace rhoam::agents
