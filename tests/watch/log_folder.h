#pragma once
#include <filesystem>
#include <fstream>
#include <string>

#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::watch {

/// A run directory of which the logs are written by hand.
class LogFolder {
 public:
  std::filesystem::path path() const { return folder_.path(); }
  void append(const std::string& text, const char* file = "metrics.csv") const {
    std::ofstream(folder_ / file, std::ios::app | std::ios::binary) << text;
  }
  void replace(const std::string& text, const char* file = "metrics.csv") const {
    std::ofstream(folder_ / file, std::ios::trunc | std::ios::binary) << text;
  }

 private:
  test::ScratchFolder folder_;
};

}  // namespace rhoam::watch
