#pragma once
#include <memory>
#include <string>

#include "render/recorder.h"

namespace rhoam::render {

/// A film by ffmpeg. `path` has passed check_recording and its folder is there.
std::unique_ptr<Recorder> make_film_recorder(const std::string& path, double pictures_per_second);

}  // namespace rhoam::render
