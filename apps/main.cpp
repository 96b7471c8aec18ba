#include "agents/mlp.h"
#include "apps/app.h"

int main(int argc, char** argv) { return rhoam::apps::run(argc, argv, {{"mlp", rhoam::agents::make_mlp}}); }
