#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/render/canvas/canvas.h"
#include "rhoam/render/canvas/font.h"
#include "rhoam/render/chart/axis.h"
#include "rhoam/render/chart/chart.h"
#include "rhoam/render/chart/chart_style.h"
#include "rhoam/render/chart/series_style.h"

namespace rhoam::render {

/// The names of a chart's series in rows, each after a sample of its look; series with the same name share an
/// entry.
class Legend {
 public:
  /// The style must outlive the legend.
  Legend(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, double width);
  /// Height in pixels; 0 without names.
  double height() const;
  /// Width of the widest row.
  double width() const;
  void paint(Canvas& canvas, Point corner) const;

 private:
  struct Sample {
    Style style;
    bool band;
    Look look;

    void paint(Canvas& canvas, Point middle, const PanelStyle& panel) const;
  };
  struct Entry {
    std::string name;
    std::vector<Sample> samples;
    double sample_width = 0, width = 0;
    Point place = {};  ///< of the upper left corner
  };
  void arrange(double width);

  const PanelStyle* style_;
  std::vector<Entry> entries_;
};

/// The name of a line at its right end.
struct EndLabel {
  std::string name;
  double row;  ///< pixels, of its middle
  Color color;
};

/// The names beside the ends of the lines; nothing if they would collide, if a line does not end at the right
/// edge, or if a named series is not a line.
std::optional<std::vector<EndLabel>> end_labels(const Chart& chart, std::span<const Look> looks,
                                                const Frame& frame, const PanelStyle& style);

}  // namespace rhoam::render
