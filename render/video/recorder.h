#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// The numbered files of a sequence, such as frames/%05d.png.
class NumberedPath {
 public:
  /// Throws UsageError, naming what it needs, unless the name of the file, not of its folder, holds one %d or
  /// %0Nd with N up to 9 and no other percent sign.
  explicit NumberedPath(const std::string& pattern);
  std::string operator()(std::size_t number) const;

 private:
  std::string before_, after_;
  std::size_t digits_ = 0;
};

/// The ending from the last point of the file's name on, such as ".mp4"; empty: none.
std::string ending_of(const std::string& path);

/// Throws UsageError when the folder that would hold the file is not there.
void check_folder_of(const std::string& path);

/// Throws IoError when the file cannot be written. Leaves none behind that was not there.
void check_writable(const std::string& path);

/// Takes the pictures of a film. All have the size of the first.
class Recorder {
 public:
  virtual ~Recorder() = default;
  /// Throws IoError with the reason when it cannot be written, and with the first picture UsageError when
  /// another recording is writing the same film.
  virtual void add(const Image& image) = 0;
  /// Completes the file. Throws IoError. Without it the destructor completes what it can, silently.
  virtual void finish() = 0;
};

/// Throws UsageError when `path` cannot be recorded to: an ending other than .mp4, .webm, .gif, .png, a .png
/// without exactly one number such as %05d, no ffmpeg for the others (naming the package), or a folder that
/// is not there. The caller may know other endings, to be told of. Writes nothing.
void check_recording(const std::string& path, const std::vector<std::string>& other_endings = {});

/// A film of so many pictures per second. ffmpeg runs beside this process, gets pictures through a pipe, and
/// completes its file even when this process is killed.
std::unique_ptr<Recorder> make_recorder(const std::string& path, double pictures_per_second);

}  // namespace rhoam::render
