#pragma once
#include <span>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/frame.h"
#include "render/looks.h"
#include "render/panel_style.h"

namespace rhoam::render {

inline constexpr double kBandAlpha = 0.2;

bool has_interval(const Series& series);

/// A disc as points have it.
void paint_dot(Canvas& canvas, Point centre, Color color, const PanelStyle& style);

/// All series of a chart, from behind: bands, bars, lines, points.
void paint_marks(Canvas& canvas, const Chart& chart, std::span<const Look> looks, const Frame& frame,
                 const PanelStyle& style);

}  // namespace rhoam::render
