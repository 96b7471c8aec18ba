#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <string_view>

namespace rhoam::core {

/// Replaces `path` as a whole: writes `<path>.tmp` beside it, syncs, renames, syncs the folder. A reader
/// finds the old file or the new one, even after a crash at any moment. Throws IoError with the system's
/// reason; then `path` is untouched. One writer per path at a time. A device or pipe such as /dev/stdout is
/// written to directly. Where the file system cannot sync (see syncs), a power cut may lose the new file.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// The same without the syncs, for files that can be regenerated: after a power cut the file may be empty or
/// old.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// Reads the whole file. Throws UsageError when it does not exist, IoError when it cannot be read,
/// CorruptError when it is larger than `max_bytes`.
std::string read_file(const std::filesystem::path& path,
                      std::uint64_t max_bytes = std::numeric_limits<std::uint64_t>::max());

/// Reads a configuration file, or a pipe or device such as /dev/stdin that can be read only once; returns the
/// text without the byte order mark of UTF-8. Throws UsageError when it does not exist, cannot be read, is
/// larger than 1 MiB, or is UTF-16 or not text.
std::string read_config_file(const std::filesystem::path& path);

/// False where the file system of a file or folder refuses to sync.
bool syncs(const std::filesystem::path& path);

/// An open file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor();
  operator int() const { return fd_; }

 private:
  int fd_;
};

/// Opens a file with the flags of open(2). Throws IoError: "cannot <verb> '<path>': <the system's reason>".
Descriptor open_file(const std::filesystem::path& path, int flags, const char* verb);

/// An append-only file for logs. Every write reaches the system at once and is checked: IoError on a full
/// disk.
class LineFile {
 public:
  /// Opens or creates the file.
  explicit LineFile(const std::filesystem::path& path);
  void append(std::string_view bytes);
  /// Waits until what was written would survive a power cut.
  void sync() const;
  std::uint64_t size() const;
  /// Cuts the file to `size` bytes; the next append continues there.
  void truncate(std::uint64_t size);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor fd_;
};

}  // namespace rhoam::core
