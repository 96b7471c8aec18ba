// Stands in for file systems that lack a call: preloaded, it fails each call that has an error number in a
// variable such as REFUSE_symlink.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdlib>

namespace {

bool refuses(const char* variable) {
  const char* error = std::getenv(variable);
  if (error != nullptr) errno = std::atoi(error);
  return error != nullptr;
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool is_folder(int fd) {
  struct stat info;
  return fstat(fd, &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

extern "C" {

int symlink(const char* target, const char* path) noexcept {
  return refuses("REFUSE_symlink") ? -1 : next<int (*)(const char*, const char*)>("symlink")(target, path);
}

int flock(int fd, int how) noexcept {
  return refuses("REFUSE_flock") ? -1 : next<int (*)(int, int)>("flock")(fd, how);
}

int fsync(int fd) {
  if (refuses("REFUSE_fsync") || (is_folder(fd) && refuses("REFUSE_fsync_of_folders"))) return -1;
  return next<int (*)(int)>("fsync")(fd);
}

}  // extern "C"
