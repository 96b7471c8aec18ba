#pragma once
#include <filesystem>

#include "rhoam/tests/core/scratch_folder.h"

namespace rhoam::test {

/// A fresh folder in which this process works as long as it lives.
class WorkingFolder {
 public:
  WorkingFolder() : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder_.path());
  }
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;
  ~WorkingFolder() { std::filesystem::current_path(before_); }

 private:
  std::filesystem::path before_;
  ScratchFolder folder_;
};

}  // namespace rhoam::test
