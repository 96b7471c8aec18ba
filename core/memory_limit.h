#pragma once
#include <cstdint>
#include <filesystem>

namespace rhoam::core {

/// The most bytes that this process may use: the machine's memory, or less where a resource limit or a
/// control group (version 1 or 2) says so.
std::uint64_t memory_limit(const std::filesystem::path& root = "/");

}  // namespace rhoam::core
