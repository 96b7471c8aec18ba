#pragma once
#include <filesystem>
#include <optional>

#include "rhoam/core/file.h"

namespace rhoam::core {

/// A lock on a folder or file.
struct Lock {
  Descriptor descriptor;
  bool exclusive;  ///< false where the file system has no locks: nobody is kept out
};

/// Locks the folder against other processes, and other callers in this one, as long as the result lives;
/// nothing when one of them has the lock. Throws IoError when the folder cannot be opened.
std::optional<Lock> lock_folder(const std::filesystem::path& folder);
/// The same, but waits for the lock.
Lock wait_for_folder(const std::filesystem::path& folder);
/// lock_folder for a file, which keeps its content; creates an empty one where there is none. Opened for
/// reading and writing.
std::optional<Lock> lock_file(const std::filesystem::path& file);

}  // namespace rhoam::core
