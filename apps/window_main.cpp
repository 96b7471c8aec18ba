#include "rhoam/agents/mlp.h"
#include "rhoam/apps/program.h"
#include "rhoam/render/window/sfml_window.h"

// The whole tool again, with windows; `rhoam` replaces itself by this program when one is requested.
int main(int argc, char** argv) {
  return rhoam::apps::run(
      argc, argv, {.networks = {{"mlp", rhoam::agents::make_mlp}}, .windows = &rhoam::render::kSfmlWindows});
}
