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

/// The charts of the runs that are watched, painted once and again only when something is new.
class TrainingCharts {
 public:
  /// A run directory under the name that tells it from the others, and the steps behind the checkpoint that
  /// is watched.
  struct Run {
    std::string name;
    std::filesystem::path directory;
    std::int64_t steps;
    int color = 0;  ///< in the palette, among several runs
  };

  explicit TrainingCharts(std::vector<Run> runs);

  bool empty() const { return runs_.empty(); }
  /// Reads what the runs have written since the last time.
  void refresh();
  /// Another checkpoint of a run is watched.
  void move(std::size_t run, std::int64_t steps);
  /// The charts for a picture of this size; null where there are none, or no room for them. Valid until the
  /// next call.
  const render::Image* image(const Size& size, const render::Theme& theme);

 private:
  std::vector<Run> runs_;
  std::vector<RunLog> logs_;
  render::Image image_;
  bool stale_ = true;
};

}  // namespace rhoam::watch
