#pragma once
#include <cstdint>
#include <span>

#include "rhoam/envs/draw_list.h"

namespace rhoam::render {

/// Steps that a flame lives at most.
inline constexpr int kFlameSteps = 32;

/// A world in one moment of its episode.
struct Scene {
  /// What was to be seen at this step and at those before it, the newest last; flames need kFlameSteps of
  /// them.
  std::span<const envs::DrawList* const> recent;
  std::int64_t step = 0;  ///< of the newest
  bool notes = true;      ///< with arrows and the like
};

}  // namespace rhoam::render
