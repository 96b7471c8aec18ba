#pragma once
#include <functional>
#include <string>

#include "rhoam/render/scene/window.h"
#include "rhoam/watch/film.h"
#include "rhoam/watch/frame.h"
#include "rhoam/watch/open_player.h"

namespace rhoam::watch {

/// Contents of a window, and when it closes.
struct Show {
  Playback& playback;
  Viewer& viewer;
  FrameContext& context;
  std::function<bool()> on_end;  ///< called once per ended episode; returns false after the last one
  Follower* follower = nullptr;  ///< null: the players never change
  double frames_per_second = 60;
};

/// An unused file name in the working directory: the environment, the time, and this ending.
std::string free_name(const std::string& env, const std::string& ending);

/// Runs until the viewer quits or closes the window, the last episode is over, or a signal arrives. Returns
/// the number of pictures shown per second.
double run_window_loop(render::Window& window, const Show& show);

}  // namespace rhoam::watch
