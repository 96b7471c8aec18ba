#include "rhoam/render/video/ffmpeg.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <list>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/interrupt.h"
#include "rhoam/core/lock.h"
#include "rhoam/core/process.h"
#include "rhoam/core/terminal.h"
#include "rhoam/core/text.h"
#include "rhoam/render/video/recorder.h"

namespace rhoam::render {
namespace {

constexpr Encoder kH264[] = {
    {"libx264", "-preset veryfast -crf 18"}, {"libopenh264", "-b:v 6M"}, {"mpeg4", "-q:v 3"}};
constexpr Encoder kVpx[] = {{"libvpx-vp9", "-deadline realtime -cpu-used 8 -row-mt 1 -crf 24 -b:v 0"},
                            {"libvpx", "-deadline realtime -cpu-used 8 -crf 10 -b:v 4M"}};
constexpr Encoder kGif[] = {{"gif", ""}};
/// An MP4 in fragments of a second plays as far as it was written; a complete one has its index at the front.
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
  // The last picture of a killed process is truncated: it is dropped.
  append(words, "-loglevel error -xerror -nostdin -y -fflags +discardcorrupt -f rawvideo -pixel_format bgr0");
  append(words, fmt::format("-video_size {}x{} -framerate {} -i pipe:0", footage.width, footage.height,
                            core::format_double(footage.pictures_per_second)));
  return words;
}

/// The encoders halve the resolution of colour: an odd side is made even by repeating its last line.
std::string even_sides(const Footage& footage) {
  const int right = footage.width % 2, bottom = footage.height % 2;
  if (right + bottom == 0) return "";
  return fmt::format("format=yuv444p,pad={}:{},fillborders=right={}:bottom={}:mode=smear,",
                     footage.width + right, footage.height + bottom, right, bottom);
}

/// GIF counts time in hundredths of a second, and viewers slow down pictures shorter than 2. Motion is
/// smoothest with evenly spaced pictures, so a rate that divides the footage's is preferred.
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
  const auto list = core::open_nameless();
  const int streams[] = {-1, list};
  core::ChildProcess process({ffmpeg, "-hide_banner", "-encoders"}, streams);
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

namespace {

/// Blocks SIGPIPE in this thread: if the reader is gone, write fails instead.
class WithoutSigpipe {
 public:
  WithoutSigpipe() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~WithoutSigpipe() {
    constexpr timespec kNow{};
    while (!sigismember(&before_, SIGPIPE) && sigtimedwait(&pipe_, nullptr, &kNow) > 0) continue;
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  WithoutSigpipe(const WithoutSigpipe&) = delete;
  WithoutSigpipe& operator=(const WithoutSigpipe&) = delete;

 private:
  sigset_t pipe_, before_;
};

struct Pipe {
  core::Descriptor out, in;
};

Pipe open_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    throw core::IoError(std::string("cannot open a pipe: ") + std::strerror(errno));
  return {core::Descriptor(ends[0]), core::Descriptor(ends[1])};
}

/// A nameless file on the disk of `path`, so that nothing of it remains however this process ends.
core::Descriptor open_nameless_beside(const std::string& path) {
  std::string name = path + ".XXXXXX";
  core::Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file < 0) throw core::IoError("cannot write '" + name + "': " + std::strerror(errno));
  ::unlink(name.c_str());
  return file;
}

/// Overwrites from the start, so that a film with its index at the front plays as far as it was copied.
bool replace_content(int file, int by) {
  struct stat info {};
  ::fstat(by, &info);
  off_t done = 0;
  ::lseek(file, 0, SEEK_SET);
  while (done < info.st_size) {
    const auto count = ::sendfile(file, by, &done, static_cast<std::size_t>(info.st_size - done));
    if (count < 0 && errno != EINTR) return false;
  }
  return ::ftruncate(file, info.st_size) == 0;
}

/// The file of the film, locked against other recordings. A child process that inherits the descriptor keeps
/// the lock.
core::Descriptor claim(const std::string& path) {
  if (auto file = core::lock_file(path)) {
    if (!file->exclusive)
      core::print_warning("no locks at '" + path + "': nothing keeps another recording from writing it");
    return std::move(file->descriptor);
  }
  throw core::UsageError("cannot record to '" + path +
                         "': another recording is writing it; name another file, or wait for its end");
}

class FilmRecorder final : public Recorder {
 public:
  FilmRecorder(const std::string& path, double pictures_per_second)
      : path_(path),
        pictures_per_second_(pictures_per_second),
        ffmpeg_(core::find_program("ffmpeg")),
        format_(*find_film_format(ending_of(path))),
        encoder_(choose_encoder(format_, ffmpeg_)) {}

  void add(const Image& image) override {
    if (!footage_) start({image.width(), image.height(), pictures_per_second_});
    if (!pixels_ || image.width() != footage_->width || image.height() != footage_->height)
      throw std::invalid_argument("a picture of another size, or after the end, for '" + path_ + "'");
    const auto pixels = std::as_bytes(image.pixels());
    if (!write({reinterpret_cast<const char*>(pixels.data()), pixels.size()})) fail();
  }

  void finish() override {
    pixels_.reset();
    for (auto& encoder : encoders_)
      if (!encoder.succeeded()) fail();
    if (whole_) make_whole();
    film_.reset();
  }

 private:
  void start(const Footage& footage) {
    film_.emplace(claim(path_));
    footage_ = footage;
    auto [pictures, input] = open_pipe();
    ::fcntl(input, F_SETPIPE_SZ, 1 << 20);  // room for a picture: encoding continues during painting
    if (format_.ending == ".gif")
      start_gif(pictures);
    else
      run(film_arguments(footage, format_, encoder_, path_), {pictures, -1, -1, *film_});
    if (!format_.whole_options.empty() && std::filesystem::is_regular_file(path_))
      whole_.emplace(open_nameless_beside(path_));
    pixels_.emplace(std::move(input));
  }

  void start_gif(int pictures) {
    const auto [colours, output] = open_pipe();
    const auto kept = open_nameless_beside(path_);
    run(gif_collector_arguments(*footage_), {pictures, output, -1, kept});
    run(gif_writer_arguments(path_), {colours, -1, -1, kept, *film_});
  }

  void run(std::vector<std::string> words, std::initializer_list<int> streams) {
    words.insert(words.begin(), ffmpeg_);
    encoders_.emplace_back(words, streams);
  }

  /// Without room for a copy the film stays as recorded, which plays, too.
  void make_whole() {
    run(whole_film_arguments(format_, path_), {-1, -1, -1, *whole_});
    if (encoders_.back().succeeded() && !replace_content(*film_, *whole_))
      throw core::IoError("cannot write '" + path_ + "': " + std::strerror(errno));
  }

  bool write(std::string_view bytes) {
    const WithoutSigpipe quiet;
    while (!bytes.empty()) {
      const auto count = ::write(*pixels_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// Throws IoError with the reason of the first encoder that failed.
  [[noreturn]] void fail() {
    pixels_.reset();
    std::string reason;
    for (auto& encoder : encoders_)
      if (!encoder.succeeded() && reason.empty()) reason = encoder.reason();
    throw core::IoError("cannot record '" + path_ +
                        "': ffmpeg: " + (reason.empty() ? "it ended early" : reason));
  }

  std::string path_;
  double pictures_per_second_;
  std::string ffmpeg_;
  const FilmFormat& format_;
  const Encoder& encoder_;
  std::optional<core::Descriptor> film_, whole_;
  std::optional<Footage> footage_;  // known from the first picture on
  std::list<core::ChildProcess> encoders_;
  std::optional<core::Descriptor> pixels_;  // declared after the encoders: closed before waiting for them
};

}  // namespace

std::unique_ptr<Recorder> make_film_recorder(const std::string& path, double pictures_per_second) {
  return std::make_unique<FilmRecorder>(path, pictures_per_second);
}

}  // namespace rhoam::render
