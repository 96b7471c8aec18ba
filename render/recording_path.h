#pragma once
#include <string>

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

}  // namespace rhoam::render
