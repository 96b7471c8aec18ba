#pragma once
#include <functional>
#include <string>

#include "rhoam/render/window/window.h"
#include "rhoam/watch/film.h"
#include "rhoam/watch/frame.h"
#include "rhoam/watch/open_player.h"

namespace rhoam::watch {

/// What a window shows and for how long.
struct Show {
  Playback& playback;
  Viewer& viewer;
  FrameContext& context;
  std::function<bool()> on_end;  ///< called once for each episode that has ended; false: it was the last one
  Follower* follower = nullptr;  ///< null: the players stay
  double frames_per_second = 60;
};

/// A name in the working directory that is not taken: the environment, the time, and this ending.
std::string free_name(const std::string& env, const std::string& ending);

/// Shows until the viewer quits or closes the window, the last episode is over, or a signal comes. The number
/// of pictures per second that were shown.
double run_window_loop(render::Window& window, const Show& show);

}  // namespace rhoam::watch
