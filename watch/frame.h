#pragma once
#include <string>

#include "rhoam/render/canvas/image.h"
#include "rhoam/render/scene/theme.h"
#include "rhoam/watch/playback.h"
#include "rhoam/watch/viewer.h"

namespace rhoam::watch {

struct Size {
  int width, height;
};

/// The size of a picture at scale 1: a world, or a world with charts beside it.
Size usual_size(bool charts);

/// Scale at which a picture of this size is painted.
double scale_of(const Size& size, bool charts);

/// Contents of a picture besides the worlds.
struct Surroundings {
  const render::Image* charts = nullptr;  ///< null: none
  std::string caption = {};
};

/// Paints the current moment at the size of the image.
void paint_moment(const Playback& playback, const Viewer& viewer, const Surroundings& surroundings,
                  const render::Theme& theme, render::Image& image);

}  // namespace rhoam::watch
