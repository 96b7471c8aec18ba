#pragma once
#include <string>
#include <vector>

#include "apps/watch/episode.h"
#include "apps/watch/setting.h"
#include "core/tensors.h"

namespace rhoam::watch {

/// Episodes that can be played again: a world, and what was done in it. A few kB as a safetensors file.
struct Replay {
  static constexpr const char* kFormat = "rhoam replay 1";
  Setting setting;
  std::vector<Episode> episodes;
};

core::Tensors to_tensors(const Replay& replay);

/// Throws UsageError on a path that is no name for a replay: one that does not end in .replay, a folder, or a
/// file in a folder that is not there.
void check_replay(const std::string& path);

bool is_replay(const core::Tensors& file);

/// Throws CorruptError on what to_tensors cannot have written, a world that there cannot be included. Whether
/// the episodes come out as recorded shows when they are performed.
Replay replay_of(const core::Tensors& file);

}  // namespace rhoam::watch
