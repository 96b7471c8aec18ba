#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/theme.h"
#include "rhoam/watch/frame.h"
#include "rhoam/watch/run_log.h"

namespace rhoam::watch {

/// Charts of the watched runs, repainted only when something has changed.
class TrainingCharts {
 public:
  /// A run directory, the name that distinguishes it from the others, and the environment steps of the
  /// watched checkpoint.
  struct Run {
    std::string name;
    std::filesystem::path directory;
    std::int64_t steps;
    int color = 0;  ///< in the palette, among several runs
  };

  explicit TrainingCharts(std::vector<Run> runs);

  bool empty() const { return runs_.empty(); }
  /// Reads what the runs have logged since the last call.
  void refresh();
  /// Changes which checkpoint of a run is watched.
  void move(std::size_t run, std::int64_t steps);
  /// The charts for a picture of this size; null if there are none or no room for them. Valid until the next
  /// call.
  const render::Image* image(const Size& size, const render::Theme& theme);

 private:
  std::vector<Run> runs_;
  std::vector<RunLog> logs_;
  render::Image image_;
  bool stale_ = true;
};

}  // namespace rhoam::watch
