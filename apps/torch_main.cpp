#include "rhoam/agents/mlp.h"
#include "rhoam/agents/torch_mlp.h"
#include "rhoam/apps/program.h"
#include "rhoam/render/window/sfml_window.h"

// The whole tool again, with LibTorch networks and with windows to watch them; `rhoam` replaces itself by
// this program when they are requested.
int main(int argc, char** argv) {
  return rhoam::apps::run(
      argc, argv,
      {.networks = {{"mlp", rhoam::agents::make_mlp}, {"torch", rhoam::agents::make_torch_mlp}},
       .windows = &rhoam::render::kSfmlWindows});
}
