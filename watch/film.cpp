#include "rhoam/watch/film.h"

#include "rhoam/core/interrupt.h"
#include "rhoam/watch/frame.h"

namespace rhoam::watch {

void shoot(const Playback& playback, const Viewer& viewer, const std::string& caption, Studio& studio) {
  const Size size{studio.image.width(), studio.image.height()};
  const render::Image* charts = nullptr;
  if (viewer.shown().charts) charts = studio.board.image(size, studio.theme);
  paint_moment(playback, viewer, {.charts = charts, .caption = caption}, studio.theme, studio.image);
}

bool record_episode(Playback& playback, Viewer& viewer, const std::string& caption, Studio& studio,
                    render::Recorder& recorder) {
  while (core::InterruptCatcher::signal() == 0) {
    shoot(playback, viewer, caption, studio);
    recorder.add(studio.image);
    if (viewer.wants_next()) return true;
    viewer.pass(1 / Viewer::kStepsPerSecond, {});
  }
  return false;
}

}  // namespace rhoam::watch
