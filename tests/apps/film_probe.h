#pragma once
#include <cstdlib>
#include <string>

#include "rhoam/tests/apps/process.h"

namespace rhoam::tests {

/// Whether films can be recorded and looked at here.
inline bool has_ffmpeg() {
  return std::system("command -v ffmpeg >/dev/null && command -v ffprobe >/dev/null") == 0;
}

/// A film: "WIDTHxHEIGHT", and how many pictures come out of it; 0 when none do.
struct Film {
  std::string size = {};
  int pictures = 0;
};

/// What ffprobe says of a film.
inline Film film_of(const std::string& path) {
  const auto told = run("ffprobe", {"-v", "error", "-count_frames", "-select_streams", "v:0", "-show_entries",
                                    "stream=width,height,nb_read_frames", "-of", "csv=p=0:s=x", path});
  const auto between = told.out.rfind('x');
  if (told.code != 0 || between == std::string::npos) return {};
  return {told.out.substr(0, between), std::atoi(told.out.c_str() + between + 1)};
}

}  // namespace rhoam::tests
