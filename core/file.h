#pragma once
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace rhoam::core {

/// Replaces `path` as a whole: writes `<path>.tmp` beside it, syncs, renames, syncs the folder. A reader, or
/// a crash at any moment, finds the old file or the new one. Throws IoError with the system's reason; then
/// `path` is untouched. One writer per path at a time. A device or pipe such as /dev/stdout is written to.
/// Where the file system cannot sync (see syncs), a power cut may take the new file.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

/// The same without the syncs, for what can be made again: after a power cut the file may be empty or old.
void replace_file(const std::filesystem::path& path, std::string_view bytes);

/// The whole file. Throws UsageError when it is not there, IoError when it cannot be read, CorruptError when
/// it is larger.
std::string read_file(const std::filesystem::path& path,
                      std::uint64_t max_bytes = std::numeric_limits<std::uint64_t>::max());

/// The text of a configuration file: a file, or a pipe or device such as /dev/stdin that can be read once,
/// without the byte order mark of UTF-8. Throws UsageError when it is not there, cannot be read, is larger or
/// is UTF-16.
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

/// What lock_folder and the like give.
struct Lock {
  Descriptor descriptor;
  bool exclusive;  ///< false where the file system has no locks: nobody is kept out
};

/// Keeps other processes, and other callers in this one, from locking the folder as long as the result lives;
/// nothing when one of them has locked it. IoError when the folder cannot be opened.
std::optional<Lock> lock_folder(const std::filesystem::path& folder);
/// The same, but waits until it can.
Lock wait_for_folder(const std::filesystem::path& folder);
/// The same for a file, which keeps its content; an empty one is made where there is none. Opened to read and
/// write.
std::optional<Lock> lock_file(const std::filesystem::path& file);

/// A file that only grows at its end, for logs. Every write reaches the system at once and is checked:
/// IoError on a full disk.
class LineFile {
 public:
  /// Opens or creates.
  explicit LineFile(const std::filesystem::path& path);
  void append(std::string_view bytes);
  /// Waits until what was written would survive a power cut.
  void sync() const;
  std::uint64_t size() const;
  /// Cuts the end off; the next append continues there.
  void truncate(std::uint64_t size);
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  Descriptor fd_;
};

}  // namespace rhoam::core
