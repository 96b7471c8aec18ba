#pragma once
#include <cstddef>
#include <vector>

#include "rhoam/render/canvas/font.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// The fonts of a picture.
struct Fonts {
  Font headline{20, Font::Weight::bold}, title{15, Font::Weight::bold}, text{13};
};

/// The sizes of a legend, in pixels.
struct LegendSizes {
  double line = 24, box = 12;  ///< of samples
  double sample_gap = 7, entry_gap = 20;
  double row = 20;
};

/// Style of panels; lengths in pixels. The defaults suit a page that is read at leisure.
struct PanelStyle {
  Fonts fonts = {};
  ChartColors colors = {};
  LegendSizes legend = {};
  double plot_height = 340;
  double gap = 8;            ///< between an axis and its labels, a line and its name
  double right_margin = 16;  ///< of a plot without names at the ends of its lines
  double minor_tick = 4;
  double line_width = 2, dot = 8;
  int row_steps = kRowSteps, column_steps = 9;  ///< most steps between the labels of an axis
  std::size_t title_lines = 3;
  std::vector<double> change_dashes = {4, 4};
  bool names_at_ends = true;  ///< of lines, if there is room; else a legend
  /// Title, name of the y axis and, if there is room, legend on one line.
  bool one_head_line = false;
  bool column_grid = true;
};

}  // namespace rhoam::render
