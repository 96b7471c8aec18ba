#pragma once
#include <string>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/theme.h"
#include "rhoam/render/video/recorder.h"
#include "rhoam/watch/playback.h"
#include "rhoam/watch/training_charts.h"
#include "rhoam/watch/viewer.h"

namespace rhoam::watch {

/// Everything that a picture needs, apart from what it shows.
struct FrameContext {
  const render::Theme& theme;
  TrainingCharts board;
  render::Image image = {};  ///< of the size that is wanted
};

/// Paints the moment that is shown into the context's image, with charts where the viewer wants them and
/// there are some.
void paint_frame(const Playback& playback, const Viewer& viewer, const std::string& caption,
                 FrameContext& context);

/// Records an episode that has just been started, to its end, which is held for a moment. False when a signal
/// has ended it early.
bool record_episode(Playback& playback, Viewer& viewer, const std::string& caption, FrameContext& context,
                    render::Recorder& recorder);

}  // namespace rhoam::watch
