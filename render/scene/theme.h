#pragma once
#include <array>
#include <span>
#include <string>

#include "rhoam/envs/draw_list.h"
#include "rhoam/render/canvas/color.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// The colours of a picture.
struct Theme {
  const char* name;
  std::array<Color, envs::kInks> inks;  ///< by envs::Ink
  Color paper;                          ///< around scenes, behind charts
  Color card;                           ///< behind numbers over a scene; translucent
  Color text;
  Color quiet;  ///< names of numbers, axes
  Color grid;
  Color accent;     ///< what to look at: the chosen action, the moment in a chart
  Color good, bad;  ///< a landing, a crash; parts of a return

  Color of(envs::Ink ink) const { return inks[static_cast<std::size_t>(ink)]; }
};

/// light (like paper), dark, and gym (the colours of Gymnasium's own pictures).
std::span<const Theme> themes();

/// Throws UsageError with the allowed names.
const Theme& find_theme(const std::string& name);

/// Colours of the charts beside a scene.
ChartColors chart_colors(const Theme& theme);

}  // namespace rhoam::render
