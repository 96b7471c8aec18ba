#pragma once

namespace rhoam::render {

/// The heights of a plot and of what stands above and below it, in pixels. Panels side by side share them, so
/// that their plots are level.
struct Heights {
  double title = 0, legend = 0, y_name = 0, landmarks = 0, plot = 0, x_labels = 0, x_name = 0;

  /// Raises each to that of another panel.
  void include(const Heights& other);
  double above() const { return title + legend + y_name + landmarks; }
  double total() const { return above() + plot + x_labels + x_name; }
};

}  // namespace rhoam::render
