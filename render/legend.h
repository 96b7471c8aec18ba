#pragma once
#include <span>
#include <string>
#include <vector>

#include "render/canvas.h"
#include "render/chart.h"
#include "render/font.h"
#include "render/looks.h"
#include "render/panel_style.h"

namespace rhoam::render {

/// The names of a chart's series in rows, each behind a sample of its look; series of one name share an
/// entry.
class Legend {
 public:
  /// The style must outlive the legend.
  Legend(const Chart& chart, std::span<const Look> looks, const PanelStyle& style, double width);
  /// Pixels; 0 without names.
  double height() const;
  /// Of the widest row.
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

}  // namespace rhoam::render
