#include "rhoam/agents/mlp.h"
#include "rhoam/agents/torch_mlp.h"
#include "rhoam/apps/program.h"
#include "rhoam/render/window/sfml_window.h"

// The whole tool once more, with the networks of LibTorch, and windows to watch them in; `rhoam` becomes this
// program where they are asked for.
int main(int argc, char** argv) {
  return rhoam::apps::run(
      argc, argv,
      {.networks = {{"mlp", rhoam::agents::make_mlp}, {"torch", rhoam::agents::make_torch_mlp}},
       .windows = &rhoam::render::kSfmlWindows});
}
