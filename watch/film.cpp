#include "rhoam/watch/film.h"

#include "rhoam/core/interrupt.h"
#include "rhoam/watch/frame.h"

namespace rhoam::watch {

void paint_frame(const Playback& playback, const Viewer& viewer, const std::string& caption,
                 FrameContext& context) {
  const Size size{context.image.width(), context.image.height()};
  const render::Image* charts = nullptr;
  if (viewer.shown().charts) charts = context.board.image(size, context.theme);
  paint_moment(playback, viewer, {.charts = charts, .caption = caption}, context.theme, context.image);
}

bool record_episode(Playback& playback, Viewer& viewer, const std::string& caption, FrameContext& context,
                    render::Recorder& recorder) {
  while (core::InterruptCatcher::signal() == 0) {
    paint_frame(playback, viewer, caption, context);
    recorder.add(context.image);
    if (viewer.wants_next()) return true;
    viewer.pass(1 / Viewer::kStepsPerSecond, {});
  }
  return false;
}

}  // namespace rhoam::watch
