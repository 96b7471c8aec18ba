#pragma once
#include <gtest/gtest.h>

#include <string>

#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// How far two pictures are from each other, over all channels of all pixels, 0 … 255.
struct Difference {
  double mean = 0;
  double far = 0;  ///< part of the pixels of which a channel is further than kFar
};
inline constexpr int kFar = 16;

Difference difference(const Image& a, const Image& b);

/// Whether nobody would see the difference: no more than 1 of 255 on average, and no more than 2 of 10,000
/// pixels far off (48 at 600 × 400, less than an arrow). Another release of Cairo rounds the coverage of an
/// edge's pixels elsewhere, and another Box2D moves bodies by parts of a pixel; both change edges a little.
testing::AssertionResult looks_like(const Image& image, const Image& expected);

/// Compares with tests/render/golden/NAME.png; with RHOAM_WRITE_GOLDEN=1 in the environment writes that
/// instead. A picture that differs is left in the directory of temporary files to be looked at.
testing::AssertionResult is_golden(const Image& image, const std::string& name);

}  // namespace rhoam::render
