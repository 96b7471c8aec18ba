#pragma once
#include <cstdint>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <typeinfo>

#include "rhoam/core/errors.h"

namespace rhoam::fuzz {

/// What a target demands of every input; each program of this folder defines it once.
void check(const std::string& input);

/// Ends the program: libFuzzer keeps the input as a finding.
[[noreturn]] void fail(const std::string& why);

inline void demand(bool holds, const std::string& why) {
  if (!holds) fail(why);
}

/// Runs a task that may throw errors of these types alone; any other exception is a finding. True when it
/// threw none.
template <class... Documented, class Task>
bool succeeds(Task&& task) {
  try {
    task();
    return true;
  } catch (const std::exception& error) {
    if ((dynamic_cast<const Documented*>(&error) || ...)) return false;
    fail(std::string("undocumented ") + typeid(error).name() + ": " + error.what());
  }
}

/// An empty folder in memory, one per process, which is removed at the end.
const std::filesystem::path& scratch();
void write(const std::filesystem::path& path, std::string_view bytes);

/// The same bytes with the right digits wherever a safetensors header has a checksum.
std::string with_checksum(std::string file);

}  // namespace rhoam::fuzz
