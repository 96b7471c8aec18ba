#pragma once
#include "rhoam/agents/networks.h"
#include "rhoam/render/scene/window.h"

namespace rhoam::apps {

/// Components in which the programs of rhoam differ.
struct Parts {
  agents::Networks networks;                      ///< of --network
  const render::WindowSystem* windows = nullptr;  ///< null: a sibling program opens them
};

/// Runs the whole program: finds the verb, runs it, turns errors into one line and the documented exit code.
int run(int argc, char** argv, const Parts& parts);

}  // namespace rhoam::apps
