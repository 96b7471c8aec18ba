#pragma once
#include <memory>
#include <string>
#include <vector>

#include "rhoam/render/canvas/image.h"

namespace rhoam::render {

/// The numbered files of a sequence, such as frames/%05d.png.
class NumberedPath {
 public:
  /// Throws UsageError, saying what is required, unless the name of the file, not of its folder, contains one
  /// %d or %0Nd with N up to 9 and no other percent sign.
  explicit NumberedPath(const std::string& pattern);
  std::string operator()(std::size_t number) const;

 private:
  std::string before_, after_;
  std::size_t digits_ = 0;
};

/// The ending of the file's name, such as ".mp4"; empty: none.
std::string ending_of(const std::string& path);

/// Throws UsageError if the file's folder does not exist.
void check_folder_of(const std::string& path);

/// Throws IoError if the file cannot be written. Leaves no new file behind.
void check_writable(const std::string& path);

/// Writes the pictures of a film. All must have the size of the first.
class Recorder {
 public:
  virtual ~Recorder() = default;
  /// Throws IoError with the reason if it cannot be written and, at the first picture, UsageError if another
  /// recording is writing the same film.
  virtual void add(const Image& image) = 0;
  /// Completes the file. Throws IoError. If it is not called, the destructor completes what it can, silently.
  virtual void finish() = 0;
};

/// Throws UsageError if `path` cannot be recorded to: an ending other than .mp4, .webm, .gif, .png; a .png
/// without exactly one number such as %05d; no ffmpeg for the others (naming the package); a folder, or one
/// that does not exist. `other_endings`: endings that the caller accepts, for the message. Writes nothing.
void check_recording(const std::string& path, const std::vector<std::string>& other_endings = {});

/// A film of this many pictures per second. ffmpeg runs as a child process, receives pictures through a pipe,
/// and completes its file even if this process is killed.
std::unique_ptr<Recorder> make_recorder(const std::string& path, double pictures_per_second);

}  // namespace rhoam::render
