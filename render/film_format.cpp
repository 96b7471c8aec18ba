#include "render/film_format.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "core/errors.h"
#include "core/interrupt.h"
#include "core/text.h"
#include "render/child_process.h"

namespace rhoam::render {
namespace {

constexpr Encoder kH264[] = {
    {"libx264", "-preset veryfast -crf 18"}, {"libopenh264", "-b:v 6M"}, {"mpeg4", "-q:v 3"}};
constexpr Encoder kVpx[] = {{"libvpx-vp9", "-deadline realtime -cpu-used 8 -row-mt 1 -crf 24 -b:v 0"},
                            {"libvpx", "-deadline realtime -cpu-used 8 -crf 10 -b:v 4M"}};
constexpr Encoder kGif[] = {{"gif", ""}};
/// An MP4 in fragments of a second plays as far as it was written; a whole one has its index at the front.
constexpr std::string_view kFragments =
    "-movflags +empty_moov+default_base_moof -frag_duration 1000000 -flush_packets 1";
constexpr FilmFormat kFormats[] = {{".mp4", "mp4", kFragments, "-movflags +faststart", kH264},
                                   {".webm", "webm", "", "", kVpx},
                                   {".gif", "gif", "", "", kGif}};

constexpr std::chrono::seconds kPatience{5};
constexpr std::string_view kMatrix = "-colorspace bt709 -color_primaries bt709 -color_trc bt709";

void append(std::vector<std::string>& words, std::string_view options) {
  if (options.empty()) return;
  for (auto& word : core::split(options, ' ')) words.push_back(std::move(word));
}

std::vector<std::string> input_arguments(const Footage& footage) {
  std::vector<std::string> words;
  // The last picture of a process that was killed is cut: it is left out.
  append(words, "-loglevel error -xerror -nostdin -y -fflags +discardcorrupt -f rawvideo -pixel_format bgr0");
  append(words, fmt::format("-video_size {}x{} -framerate {} -i pipe:0", footage.width, footage.height,
                            core::format_double(footage.pictures_per_second)));
  return words;
}

/// The encoders halve the colours' resolution: an odd side is made even by repeating its last line.
std::string even_sides(const Footage& footage) {
  const int right = footage.width % 2, bottom = footage.height % 2;
  if (right + bottom == 0) return "";
  return fmt::format("format=yuv444p,pad={}:{},fillborders=right={}:bottom={}:mode=smear,",
                     footage.width + right, footage.height + bottom, right, bottom);
}

/// GIF counts time in hundredths of a second, and viewers slow down what lasts fewer than 2. Evenly spaced
/// pictures move best, so a rate that divides the footage's is preferred.
std::string gif_rate(double pictures_per_second) {
  for (const int hundredths : {3, 4, 5}) {
    const double skip = pictures_per_second * hundredths / 100;
    if (skip >= 1 && skip == std::floor(skip)) return fmt::format("100/{}", hundredths);
  }
  return fmt::format("100/{}", std::max(3, static_cast<int>(std::ceil(100 / pictures_per_second))));
}

}  // namespace

const FilmFormat* find_film_format(std::string_view ending) {
  const auto* const found = std::ranges::find(kFormats, ending, &FilmFormat::ending);
  return found == std::end(kFormats) ? nullptr : found;
}

std::vector<std::string> film_endings() {
  std::vector<std::string> endings;
  for (const auto& format : kFormats) endings.emplace_back(format.ending);
  return endings;
}

const Encoder& choose_encoder(const FilmFormat& format, const std::string& ffmpeg) {
  const auto list = open_nameless();
  const int streams[] = {-1, list};
  ChildProcess process({ffmpeg, "-hide_banner", "-encoders"}, streams);
  if (!process.ends_within(kPatience)) {
    if (const int signal = core::InterruptCatcher::signal())
      throw core::Error(core::ExitCode{128 + signal}, "interrupted before '" + ffmpeg + "' answered");
    throw core::IoError("'" + ffmpeg + "' does not answer");
  }
  if (!process.succeeded()) throw core::IoError("'" + ffmpeg + "' does not work: " + process.reason());
  const auto text = core::read_file(fmt::format("/dev/fd/{}", int{list}));
  for (const auto& encoder : format.encoders)
    if (text.find(fmt::format(" {} ", encoder.name)) != std::string::npos) return encoder;
  throw core::IoError(
      fmt::format("'{}' has no encoder for {} files: record PNG files, such as "
                  "frames/%05d.png",
                  ffmpeg, format.ending));
}

std::vector<std::string> film_arguments(const Footage& footage, const FilmFormat& format,
                                        const Encoder& encoder, const std::string& path) {
  auto words = input_arguments(footage);
  append(words, "-vf");
  words.push_back("scale=out_color_matrix=bt709:out_range=tv," + even_sides(footage) + "format=yuv420p");
  append(words, kMatrix);
  append(words, fmt::format("-c:v {}", encoder.name));
  append(words, encoder.options);
  append(words, format.muxer_options);
  append(words, fmt::format("-f {}", format.muxer));
  words.push_back("file:" + path);
  return words;
}

std::vector<std::string> whole_film_arguments(const FilmFormat& format, const std::string& path) {
  std::vector<std::string> words;
  append(words, "-loglevel error -xerror -nostdin -y -i");
  words.push_back("file:" + path);
  append(words, "-c copy");
  append(words, format.whole_options);
  append(words, fmt::format("-f {} file:/dev/fd/3", format.muxer));
  return words;
}

std::vector<std::string> gif_collector_arguments(const Footage& footage) {
  auto words = input_arguments(footage);
  append(words, "-filter_complex");
  words.push_back("fps=" + gif_rate(footage.pictures_per_second) +
                  ",split[film][seen];[seen]palettegen=stats_mode=full[colours]");
  append(words, "-map [film] -c:v ffvhuff -pix_fmt rgb24 -f nut file:/dev/fd/3");
  append(words, "-map [colours] -c:v png -f image2pipe -flush_packets 0 pipe:1");
  return words;
}

std::vector<std::string> gif_writer_arguments(const std::string& path) {
  std::vector<std::string> words;
  append(words,
         "-loglevel error -xerror -nostdin -y -f png_pipe -i pipe:0 -i file:/dev/fd/3 -filter_complex");
  append(words, "[1][0]paletteuse=dither=none:diff_mode=rectangle -f gif");
  words.push_back("file:" + path);
  return words;
}

}  // namespace rhoam::render
