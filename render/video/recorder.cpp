#include "rhoam/render/video/recorder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "rhoam/core/errors.h"
#include "rhoam/core/file.h"
#include "rhoam/core/process.h"
#include "rhoam/core/text.h"
#include "rhoam/render/video/ffmpeg.h"

namespace rhoam::render {
namespace {

[[noreturn]] void refuse(const std::string& path, const std::string& reason) {
  throw core::IoError("cannot write '" + path + "': " + reason);
}

/// Creates the file and removes it: permissions alone do not reveal /proc or a read-only file system.
bool can_make(const std::string& path) {
  const core::Descriptor file(::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666));
  return file >= 0 && ::unlink(path.c_str()) == 0;
}

}  // namespace

NumberedPath::NumberedPath(const std::string& pattern) {
  const auto percent = pattern.find('%');
  const auto folder_end = pattern.rfind('/') + 1;  // 0 without a folder
  auto rest = percent == std::string::npos ? std::string() : pattern.substr(percent + 1);
  if (rest.size() > 2 && rest[0] == '0' && rest[1] >= '1' && rest[1] <= '9') {
    digits_ = static_cast<std::size_t>(rest[1] - '0');
    rest.erase(0, 2);
  }
  if (!rest.starts_with('d') || percent < folder_end || rest.find('%') != std::string::npos)
    throw core::UsageError("cannot record to '" + pattern +
                           "': a PNG file for each picture needs one number in its name, such as "
                           "frames/%05d.png");
  before_ = pattern.substr(0, percent);
  after_ = rest.substr(1);
}

std::string NumberedPath::operator()(std::size_t number) const {
  return before_ + fmt::format("{:0{}}", number, std::max<std::size_t>(digits_, 1)) + after_;
}

std::string ending_of(const std::string& path) { return std::filesystem::path(path).extension().string(); }

void check_folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  std::error_code error;
  if (!folder.empty() &&
      std::filesystem::status(folder, error).type() == std::filesystem::file_type::not_found)
    throw core::UsageError("cannot write '" + path + "': there is no folder '" + folder.string() +
                           "'; make it first, with mkdir -p");
}

void check_writable(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0 ? ::access(path.c_str(), W_OK) != 0 : !can_make(path))
    refuse(path, std::strerror(errno));
}

namespace {

class PngRecorder final : public Recorder {
 public:
  explicit PngRecorder(const std::string& pattern) : path_(pattern) {}
  void add(const Image& image) override { core::replace_file(path_(number_++), to_png(image)); }
  void finish() override {}

 private:
  NumberedPath path_;
  std::size_t number_ = 0;
};

void check_film(const std::string& path, const std::vector<std::string>& other_endings) {
  if (find_film_format(ending_of(path)) == nullptr) {
    auto endings = film_endings();
    endings.insert(endings.end(), other_endings.begin(), other_endings.end());
    throw core::UsageError("cannot record to '" + path + "': allowed are files that end in " +
                           core::join(endings) + ", and numbered pictures such as frames/%05d.png");
  }
  if (core::find_program("ffmpeg").empty())
    throw core::UsageError("cannot record to '" + path +
                           "' without ffmpeg: install the package ffmpeg, or record PNG files, such as "
                           "frames/%05d.png");
}

}  // namespace

void check_recording(const std::string& path, const std::vector<std::string>& other_endings) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    throw core::UsageError("cannot record to '" + path + "': it is a folder; name a file in it");
  if (ending_of(path) == ".png")
    NumberedPath{path};
  else
    check_film(path, other_endings);
  check_folder_of(path);
}

std::unique_ptr<Recorder> make_recorder(const std::string& path, double pictures_per_second) {
  check_recording(path);
  if (!(pictures_per_second >= 1 && pictures_per_second <= 1000))
    throw core::UsageError("cannot record " + core::format_double(pictures_per_second) +
                           " pictures per second: allowed are 1 to 1000");
  check_writable(path);
  if (ending_of(path) == ".png") return std::make_unique<PngRecorder>(path);
  return make_film_recorder(path, pictures_per_second);
}

}  // namespace rhoam::render
