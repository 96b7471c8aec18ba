#pragma once
#include <span>

#include "render/chart.h"
#include "render/image.h"
#include "render/theme.h"

namespace rhoam::render {

/// The colour that paint_charts gives to series with this number of the palette.
Color series_color(int number, const Theme& theme);

/// Paints charts below each other over the whole image, for reading at a glance: small fonts, few ticks, the
/// theme's colours. All plots are equally high and level; neighbours with one x axis share its extent, and
/// its numbers and name stand below the last of them. A chart without values shows its message. Where the
/// image is too low for all, the last are left out; where it is too narrow, all.
///
/// `scale` pixels of the image make one of the sizes of text. Throws as check_lengths does.
void paint_charts(Image& image, double scale, std::span<const Chart> charts, const Theme& theme);

}  // namespace rhoam::render
