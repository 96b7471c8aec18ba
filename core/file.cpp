#include "rhoam/core/file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "rhoam/core/errors.h"

namespace rhoam::core {
namespace {

[[noreturn]] void fail(const char* verb, const std::filesystem::path& path, int error = errno) {
  throw IoError(std::string("cannot ") + verb + " '" + path.string() + "': " + std::strerror(error));
}

void write_all(int fd, std::string_view bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// False for pipes and file systems that cannot be synced: their data is as safe as it gets.
bool sync_now(int fd, const std::filesystem::path& path) {
  if (::fsync(fd) == 0) return true;
  if (errno == EIO || errno == ENOSPC || errno == EDQUOT) fail("write", path);
  return false;
}

void sync_folder_of(const std::filesystem::path& path) {
  const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
  sync_now(open_file(folder, O_RDONLY | O_DIRECTORY, "open"), folder);
}

// Removes a temporary file unless it has been renamed to its place.
class Temporary {
 public:
  explicit Temporary(const std::filesystem::path& target) : path_(target.string() + ".tmp") {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!renamed_) ::unlink(path_.c_str());  // another process may have made its own by now
  }
  const std::filesystem::path& path() const { return path_; }
  bool rename_to(const std::filesystem::path& target) {
    return renamed_ = ::rename(path_.c_str(), target.c_str()) == 0;
  }

 private:
  std::filesystem::path path_;
  bool renamed_ = false;
};

std::uint64_t size_of(int fd, const std::filesystem::path& path) {
  struct stat info;
  if (::fstat(fd, &info) != 0) fail("read", path);
  if (!S_ISREG(info.st_mode)) throw IoError("cannot read '" + path.string() + "': it is not a regular file");
  return static_cast<std::uint64_t>(info.st_size);
}

/// Whether it is a device, a pipe or a terminal: renaming a file over it would replace it for everybody.
bool is_special(const std::filesystem::path& path) {
  struct stat info;
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

std::string read_all(int fd, std::size_t expected, std::uint64_t max_bytes,
                     const std::filesystem::path& path) {
  std::string bytes(std::min<std::uint64_t>(expected, max_bytes) + 1, '\0');
  std::size_t used = 0;
  for (;;) {
    const auto count = ::read(fd, bytes.data() + used, bytes.size() - used);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path);
    if (count == 0) break;
    used += static_cast<std::size_t>(count);
    if (used > max_bytes)
      throw CorruptError("'" + path.string() + "' is larger than " + std::to_string(max_bytes) + " bytes");
    if (used == bytes.size()) bytes.resize(used * 2);
  }
  bytes.resize(used);
  return bytes;
}

std::string without_byte_order_mark(std::string text, const std::filesystem::path& path) {
  if (text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") || text.find('\0') != std::string::npos)
    throw UsageError("'" + path.string() + "' is UTF-16 or no text: save it as UTF-8");
  return text.starts_with("\xef\xbb\xbf") ? text.substr(3) : text;
}

}  // namespace

Descriptor open_file(const std::filesystem::path& path, int flags, const char* verb) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0666);
  if (fd < 0) fail(verb, path);
  return Descriptor(fd);
}

Descriptor::~Descriptor() {
  if (fd_ >= 0) ::close(fd_);
}

namespace {

void replace(const std::filesystem::path& path, std::string_view bytes, bool durable) {
  if (is_special(path)) return write_all(open_file(path, O_WRONLY, "write"), bytes, path);
  constexpr int kAttempts = 100;
  Temporary temporary(path);
  for (int attempt = 1;; ++attempt) {
    {
      const auto fd = open_file(temporary.path(), O_WRONLY | O_CREAT | O_TRUNC, "write");
      write_all(fd, bytes, path);
      if (durable) sync_now(fd, path);
    }
    if (temporary.rename_to(path)) break;
    // Without locks, another process may write the same file and rename ours.
    if (errno != ENOENT || attempt == kAttempts) fail("write", path);
  }
  if (durable) sync_folder_of(path);
}

}  // namespace

void write_file_atomically(const std::filesystem::path& path, std::string_view bytes) {
  replace(path, bytes, true);
}

void replace_file(const std::filesystem::path& path, std::string_view bytes) { replace(path, bytes, false); }

std::string read_file(const std::filesystem::path& path, std::uint64_t max_bytes) {
  if (::access(path.c_str(), F_OK) != 0) throw UsageError("there is no file '" + path.string() + "'");
  const auto fd = open_file(path, O_RDONLY | O_NONBLOCK, "read");
  return read_all(fd, size_of(fd, path), max_bytes, path);
}

std::string read_config_file(const std::filesystem::path& path) {
  constexpr std::size_t kExpected = 1 << 12, kMost = 1 << 20;
  if (::access(path.c_str(), F_OK) != 0) throw UsageError("there is no config file '" + path.string() + "'");
  try {
    const auto fd = open_file(path, O_RDONLY, "read");
    return without_byte_order_mark(read_all(fd, kExpected, kMost, path), path);
  } catch (const IoError& error) {
    throw UsageError(error.what());
  } catch (const CorruptError& error) {
    throw UsageError(error.what());
  }
}

bool syncs(const std::filesystem::path& path) { return sync_now(open_file(path, O_RDONLY, "open"), path); }

LineFile::LineFile(const std::filesystem::path& path)
    : path_(path), fd_(open_file(path, O_WRONLY | O_CREAT | O_APPEND, "write")) {}

void LineFile::append(std::string_view bytes) { write_all(fd_, bytes, path_); }

void LineFile::sync() const { sync_now(fd_, path_); }

std::uint64_t LineFile::size() const { return size_of(fd_, path_); }

void LineFile::truncate(std::uint64_t size) {
  if (::ftruncate(fd_, static_cast<off_t>(size)) != 0) fail("cut", path_);
}

}  // namespace rhoam::core
