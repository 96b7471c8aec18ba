// The whole command line as a program of one's own.
#include "rhoam/apps/program.h"
#include "rhoam/agents/mlp.h"

int main(int argc, char** argv) {
  return rhoam::apps::run(argc, argv, {.networks = {{"mlp", rhoam::agents::make_mlp}}});
}
