#pragma once
#include <span>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// Paints charts below each other over the whole image, for reading at a glance: small fonts, few ticks, the
/// colours given. All plots are equally high and level; neighbours with one x axis share its extent, and
/// its numbers and name stand below the last of them. A chart without values shows its message. Where the
/// image is too low for all, the last are left out; where it is too narrow, all.
///
/// `scale` pixels of the image make one of the sizes of text. Throws as check_lengths does.
void paint_charts(Image& image, double scale, std::span<const Chart> charts, const ChartColors& colors);

}  // namespace rhoam::render
