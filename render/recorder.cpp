#include "render/recorder.h"

#include <filesystem>
#include <system_error>

#include "core/errors.h"
#include "core/file.h"
#include "core/text.h"
#include "render/child_process.h"
#include "render/film_format.h"
#include "render/film_recorder.h"
#include "render/recording_path.h"

namespace rhoam::render {
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
  if (find_program("ffmpeg").empty())
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
