#include "render/film_recorder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <list>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "core/errors.h"
#include "core/file.h"
#include "render/child_process.h"
#include "render/film_format.h"
#include "render/recording_path.h"

namespace rhoam::render {
namespace {

/// Keeps SIGPIPE from this thread: a reader that is gone shows as a failed write.
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

/// A file on the disk of `path`, without a name, so that nothing is left of it however this process ends.
core::Descriptor open_nameless_beside(const std::string& path) {
  std::string name = path + ".XXXXXX";
  core::Descriptor file(::mkostemp(name.data(), O_CLOEXEC));
  if (file < 0) throw core::IoError("cannot write '" + name + "': " + std::strerror(errno));
  ::unlink(name.c_str());
  return file;
}

/// From its start on, so that a film with its index at the front plays as far as it is there.
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

/// The file of the film, which nobody else may record to. A program that runs on with this descriptor keeps
/// it so.
core::Descriptor claim(const std::string& path) {
  if (auto file = core::lock_file(path)) return std::move(file->descriptor);
  throw core::UsageError("cannot record to '" + path +
                         "': another recording is writing it; name another file, or wait for its end");
}

class FilmRecorder final : public Recorder {
 public:
  FilmRecorder(const std::string& path, double pictures_per_second)
      : path_(path),
        pictures_per_second_(pictures_per_second),
        ffmpeg_(find_program("ffmpeg")),
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
    ::fcntl(input, F_SETPIPE_SZ, 1 << 20);  // room for a picture: encoding goes on beside the painting
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

  /// Where there is no room for a copy the film stays as it was recorded, which plays, too.
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

  /// Throws why the first encoder that failed did so.
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
  std::list<ChildProcess> encoders_;
  std::optional<core::Descriptor> pixels_;  // below the encoders: closed before they are waited for
};

}  // namespace

std::unique_ptr<Recorder> make_film_recorder(const std::string& path, double pictures_per_second) {
  return std::make_unique<FilmRecorder>(path, pictures_per_second);
}

}  // namespace rhoam::render
