#pragma once
#include <string>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/theme.h"
#include "rhoam/render/video/recorder.h"
#include "rhoam/watch/playback.h"
#include "rhoam/watch/training_charts.h"
#include "rhoam/watch/viewer.h"

namespace rhoam::watch {

/// Theme, charts and image buffer for painting frames.
struct FrameContext {
  const render::Theme& theme;
  TrainingCharts board;
  render::Image image = {};  ///< of the size of the frames
};

/// Paints the current moment into the context's image, with charts if available and switched on.
void paint_frame(const Playback& playback, const Viewer& viewer, const std::string& caption,
                 FrameContext& context);

/// Records an episode that has just started, to its end and a short pause. Returns false when a signal
/// stopped it early.
bool record_episode(Playback& playback, Viewer& viewer, const std::string& caption, FrameContext& context,
                    render::Recorder& recorder);

}  // namespace rhoam::watch
