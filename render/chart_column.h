#pragma once
#include <span>

#include "render/chart.h"
#include "render/image.h"
#include "render/theme.h"

namespace rhoam::render {

/// Paints charts below each other, each in an equal part of the image, for reading at a glance: small fonts,
/// few ticks, the theme's colours. A chart without any values shows its title and `Chart::message`.
void paint_charts(Image& image, double scale, std::span<const Chart> charts, const Theme& theme);

}  // namespace rhoam::render
