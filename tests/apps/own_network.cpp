// rhoam as somebody else's program, with a network of its own: tests/apps/network_test.cpp runs it.
#include "rhoam/agents/mlp.h"
#include "rhoam/apps/program.h"

namespace {

/// The built-in network under another name; whatever is behind a name is the program's business.
std::unique_ptr<rhoam::agents::Network> make_mine(const rhoam::agents::MlpSpec& spec,
                                                  rhoam::core::Stream& stream) {
  return rhoam::agents::make_mlp(spec, stream);
}

}  // namespace

int main(int argc, char** argv) {
  return rhoam::apps::run(argc, argv, {.networks = {{"mlp", rhoam::agents::make_mlp}, {"mine", make_mine}}});
}
