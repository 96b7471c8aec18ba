#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "render/chart.h"
#include "render/frame.h"
#include "render/looks.h"
#include "render/panel_style.h"

namespace rhoam::render {

/// The name of a line at its right end.
struct EndLabel {
  std::string name;
  double row;  ///< pixels, of its middle
  Color color;
};

/// The names beside the ends of the lines; nothing when they would collide, when a line ends elsewhere than
/// at the right or when there is anything but lines to be named.
std::optional<std::vector<EndLabel>> end_labels(const Chart& chart, std::span<const Look> looks,
                                                const Frame& frame, const PanelStyle& style);

}  // namespace rhoam::render
