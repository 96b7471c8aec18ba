#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "rhoam/core/options.h"
#include "rhoam/watch/frame.h"

namespace rhoam::watch {

/// Picture options of watch and play.
struct PictureOptions {
  std::string theme = "dark";
  double scale = 0;       ///< 0: 1 for a film, 1.5 for a window, 1.25 with charts
  std::string size = {};  ///< WIDTHxHEIGHT; empty: by scale
  std::string charts = "auto";
  bool no_overlays = false;

  void describe(core::Options& options);
  bool wants_charts(bool available, bool window) const;
  /// Picture size in pixels, even. Throws UsageError if `size` is invalid or given with a scale, or the scale
  /// is too small.
  Size pixels(bool with_charts, bool window) const;
};

/// Throws UsageError if an option was given an empty value.
void refuse_empty(const core::Options& options);

/// The options of watch.
struct WatchOptions {
  std::string checkpoint = "best", record;
  std::uint64_t seed = 0;
  int episodes = 0;
  bool stochastic = false, follow = false, ghosts = false, story = false;
  std::vector<std::string> params, drifts;
  double speed = 1;
  PictureOptions style;
  bool quiet = false, json = false, help = false;

  void describe(core::Options& options);
};

}  // namespace rhoam::watch
