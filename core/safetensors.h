#pragma once
#include <filesystem>

#include "core/tensors.h"

namespace rhoam::core {

/// Writes the safetensors format (8-byte little-endian header length, JSON header, raw data, tensors in the
/// order of their names) atomically: to a temporary file beside `path`, synced, then renamed. The metadata
/// gets an entry "checksum": CRC-32C over the header (with the digits of the checksum as zeros) and the data.
/// Throws IoError; then `path` is untouched.
void write_safetensors(const std::filesystem::path& path, const Tensors& tensors);

/// Reads such a file. Every size is checked before it is used: header length, types, shapes (overflow),
/// offsets (in order, without gaps or overlap, within the file), duplicate names, checksum (required); at
/// most 4 GiB. Throws CorruptError, IoError, or UsageError when it is not there.
Tensors read_safetensors(const std::filesystem::path& path);

}  // namespace rhoam::core
