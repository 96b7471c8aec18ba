#include "rhoam/core/lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <utility>

namespace rhoam::core {
namespace {

// File systems without locks refuse in many ways: ENOLCK, ENOSYS, EOPNOTSUPP, EINVAL, EBADF for a folder …
std::optional<Lock> lock(Descriptor descriptor, int how) {
  int result;
  while ((result = ::flock(descriptor, how)) != 0 && errno == EINTR) continue;
  if (result != 0 && errno == EWOULDBLOCK) return std::nullopt;
  return Lock{std::move(descriptor), result == 0};
}

}  // namespace

std::optional<Lock> lock_folder(const std::filesystem::path& folder) {
  return lock(open_file(folder, O_RDONLY | O_DIRECTORY, "open"), LOCK_EX | LOCK_NB);
}

std::optional<Lock> lock_file(const std::filesystem::path& file) {
  return lock(open_file(file, O_RDWR | O_CREAT, "write"), LOCK_EX | LOCK_NB);
}

Lock wait_for_folder(const std::filesystem::path& folder) {
  return *lock(open_file(folder, O_RDONLY | O_DIRECTORY, "open"), LOCK_EX);
}

}  // namespace rhoam::core
