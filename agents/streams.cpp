#include "agents/streams.h"

#include <span>

#include "core/errors.h"

namespace rhoam::agents {

void save_stream(core::Tensors& out, const std::string& name, const core::Stream& stream) {
  out.put("streams/" + name, std::span<const std::uint64_t>(stream.state()));
}

void load_stream(const core::Tensors& in, const std::string& name, core::Stream& stream) {
  core::Stream::State state;
  in.get("streams/" + name, std::span<std::uint64_t>(state));
  if (state == core::Stream::State{}) throw core::CorruptError("streams/" + name + " is all zeros");
  stream.set_state(state);
}

}  // namespace rhoam::agents
