#include "rhoam/tests/fuzz/harness.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>

#include "rhoam/core/crc32c.h"

namespace rhoam::fuzz {
namespace {

/// Removed when the process ends as it should; tests/fuzz/run.sh removes what a finding leaves.
struct Scratch {
  Scratch() : path(std::filesystem::temp_directory_path() / ("rhoam-fuzz-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

}  // namespace

void fail(const std::string& why) {
  std::fprintf(stderr, "FINDING: %s\n", why.c_str());
  std::abort();
}

const std::filesystem::path& scratch() {
  static const Scratch folder;
  return folder.path;
}

void write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::string with_checksum(std::string file) {
  constexpr std::size_t kLengthBytes = 8, kDigits = 8;
  constexpr std::string_view kKey = "\"checksum\":\"";
  std::uint64_t length = 0;
  if (file.size() < kLengthBytes) return file;
  std::memcpy(&length, file.data(), kLengthBytes);
  const auto at = file.find(kKey, kLengthBytes) + kKey.size();
  if (length > file.size() - kLengthBytes || at < kKey.size() || at + kDigits > kLengthBytes + length)
    return file;
  file.replace(at, kDigits, kDigits, '0');
  char digits[kDigits + 1];
  std::snprintf(digits, sizeof digits, "%08x", core::crc32c(std::string_view(file).substr(kLengthBytes)));
  return file.replace(at, kDigits, digits);
}

}  // namespace rhoam::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::clock_t kLongest = 5 * CLOCKS_PER_SEC;  // of the processor: others may keep it busy
  const std::clock_t begin = std::clock();
  rhoam::fuzz::check({reinterpret_cast<const char*>(data), size});
  rhoam::fuzz::demand(std::clock() - begin <= kLongest, "an input takes more than five seconds");
  return 0;
}
