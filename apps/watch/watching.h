#pragma once
#include <cstdio>
#include <vector>

#include "apps/watch/casting.h"
#include "apps/watch/request.h"

namespace rhoam::watch {

/// One call of watch. What is borrowed must outlive it.
struct Watching {
  const Request& request;
  const apps::Networks& networks;
  std::FILE* out;  ///< where episodes are told; null: nowhere
};

/// Shows the candidates in a window or records them, as the request wants it, until that is done or a signal
/// has come. With --json it says at the end how it went. Throws UsageError on a request that does not fit
/// them, before anything is written.
void watch(const Watching& watching, std::vector<Candidate> candidates);

}  // namespace rhoam::watch
