#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhoam/render/video/recorder.h"

namespace rhoam::render {

/// An encoder of ffmpeg and the options that make it keep pace with drawings.
struct Encoder {
  std::string_view name, options;
};

/// A kind of film, by the ending of its file.
struct FilmFormat {
  std::string_view ending, muxer, muxer_options;
  std::string_view whole_options;     ///< of the muxer for a film that has come to its end; empty: as it is
  std::span<const Encoder> encoders;  ///< best first
};

/// What is encoded: pictures of so many pixels, so many per second.
struct Footage {
  int width = 0, height = 0;
  double pictures_per_second = 0;
};

/// The format of this ending; null: none.
const FilmFormat* find_film_format(std::string_view ending);
std::vector<std::string> film_endings();

/// The first encoder of the format that this ffmpeg has. Throws IoError when it has none or does not answer
/// within five seconds; when a signal is caught before, an Error with its exit code.
const Encoder& choose_encoder(const FilmFormat& format, const std::string& ffmpeg);

/// ffmpeg's arguments that turn raw pictures on descriptor 0 into the film `path`.
std::vector<std::string> film_arguments(const Footage& footage, const FilmFormat& format,
                                        const Encoder& encoder, const std::string& path);

/// ffmpeg's arguments that write the film `path`, which has come to its end, as a whole to descriptor 3.
std::vector<std::string> whole_film_arguments(const FilmFormat& format, const std::string& path);

/// A GIF image needs the 256 colours of all pictures before it can begin. The first ffmpeg keeps the pictures
/// from descriptor 0, without loss, in descriptor 3 and at their end writes the colours to descriptor 1; the
/// second gets these on descriptor 0, reads the pictures from descriptor 3 and writes the file.
std::vector<std::string> gif_collector_arguments(const Footage& footage);
std::vector<std::string> gif_writer_arguments(const std::string& path);

/// A film by ffmpeg. `path` has passed check_recording and its folder is there.
std::unique_ptr<Recorder> make_film_recorder(const std::string& path, double pictures_per_second);

}  // namespace rhoam::render
