#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rhoam/render/video/recorder.h"

namespace rhoam::render {

/// An encoder of ffmpeg and the options with which it keeps pace with drawing.
struct Encoder {
  std::string_view name, options;
};

/// A film format, by the ending of its file.
struct FilmFormat {
  std::string_view ending, muxer, muxer_options;
  std::string_view whole_options;     ///< muxer options to rewrite a complete film; empty: left as it is
  std::span<const Encoder> encoders;  ///< best first
};

/// Input of an encoder: size and rate of the pictures.
struct Footage {
  int width = 0, height = 0;
  double pictures_per_second = 0;
};

/// The format of this ending; null: none.
const FilmFormat* find_film_format(std::string_view ending);
std::vector<std::string> film_endings();

/// The first encoder of the format that this ffmpeg has. Throws IoError if it has none or does not answer
/// within five seconds; if a signal is caught first, an Error with its exit code.
const Encoder& choose_encoder(const FilmFormat& format, const std::string& ffmpeg);

/// ffmpeg arguments that encode raw pictures from descriptor 0 to the film `path`.
std::vector<std::string> film_arguments(const Footage& footage, const FilmFormat& format,
                                        const Encoder& encoder, const std::string& path);

/// ffmpeg arguments that rewrite the complete film `path` to descriptor 3.
std::vector<std::string> whole_film_arguments(const FilmFormat& format, const std::string& path);

/// ffmpeg arguments for a GIF, which needs the 256 colours of all pictures before it can begin. The first
/// ffmpeg stores the pictures from descriptor 0 losslessly in descriptor 3 and finally writes the colours to
/// descriptor 1; the second reads these from descriptor 0 and the pictures from descriptor 3, and writes the
/// file.
std::vector<std::string> gif_collector_arguments(const Footage& footage);
std::vector<std::string> gif_writer_arguments(const std::string& path);

/// A film by ffmpeg. `path` must have passed check_recording.
std::unique_ptr<Recorder> make_film_recorder(const std::string& path, double pictures_per_second);

}  // namespace rhoam::render
