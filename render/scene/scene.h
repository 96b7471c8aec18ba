#pragma once
#include <cstdint>
#include <span>

#include "rhoam/envs/draw_list.h"

namespace rhoam::render {

/// Longest life of a flame, in steps.
inline constexpr int kFlameSteps = 32;

/// A world at one step of its episode.
struct Scene {
  /// Draw lists of this step and those before it, the newest last; flames need kFlameSteps of them.
  std::span<const envs::DrawList* const> recent;
  std::int64_t step = 0;  ///< of the newest
  bool notes = true;      ///< with arrows and the like
};

}  // namespace rhoam::render
