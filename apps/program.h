#pragma once
#include "rhoam/agents/networks.h"
#include "rhoam/render/window/window.h"

namespace rhoam::apps {

/// What the programs of rhoam differ in.
struct Parts {
  agents::Networks networks;                      ///< of --network
  const render::WindowSystem* windows = nullptr;  ///< none: a sibling opens them
};

/// The whole program: finds the verb, runs it, turns errors into one line and the exit code of the contract.
int run(int argc, char** argv, const Parts& parts);

}  // namespace rhoam::apps
