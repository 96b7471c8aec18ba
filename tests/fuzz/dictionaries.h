#pragma once
#include <filesystem>

namespace rhoam::fuzz {

/// Writes TARGET.dict for every target that reads words: what the registries name, for libFuzzer to put in.
void write_dictionaries(const std::filesystem::path& folder);

}  // namespace rhoam::fuzz
