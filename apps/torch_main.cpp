#include "agents/mlp.h"
#include "agents/torch_mlp.h"
#include "apps/app.h"

// The whole tool once more, with the networks of LibTorch; `rhoam` becomes this program where they are asked
// for.
int main(int argc, char** argv) {
  return rhoam::apps::run(argc, argv,
                          {{"mlp", rhoam::agents::make_mlp}, {"torch", rhoam::agents::make_torch_mlp}});
}
