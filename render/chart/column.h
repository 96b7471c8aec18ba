#pragma once
#include <span>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// Paints charts below each other over the whole image, for reading at a glance: small fonts, few ticks, the
/// given colours. All plots are equally high and aligned; neighbours with the same x axis share its extent,
/// with its numbers and name below the last of them. A chart without values shows its message. If the image
/// is too low for all, the last ones are left out; if it is too narrow, all are.
///
/// `scale` pixels of the image make one pixel of the font sizes. Throws as check_lengths does.
void paint_charts(Image& image, double scale, std::span<const Chart> charts, const ChartColors& colors);

}  // namespace rhoam::render
