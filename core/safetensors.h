#pragma once
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "rhoam/core/tensors.h"

namespace rhoam::core {

/// The bytes of a safetensors file: 8-byte little-endian header length, JSON header, raw data. Tensors of
/// eight-byte elements come first, then by name, so that each begins at a multiple of its element's size. The
/// bytes depend on the content alone. The metadata get an entry "checksum": CRC-32C over the header (with the
/// digits of the checksum as zeros) and the data.
std::string format_safetensors(const Tensors& tensors);

/// Parses such bytes. Every size is checked before it is used: header length, types, shapes (overflow),
/// offsets (in any order, without gaps or overlap, within the file), duplicate names, checksum (required).
/// Throws CorruptError with the reason.
Tensors parse_safetensors(std::string_view file);

/// Writes a safetensors file atomically: to a temporary file beside `path`, synced, then renamed. Throws
/// IoError, also for more than 4 GiB; then `path` is untouched.
void write_safetensors(const std::filesystem::path& path, const Tensors& tensors);
/// The same to each of these paths, in order, as separate files.
void write_safetensors(std::span<const std::filesystem::path> paths, const Tensors& tensors);

/// Reads a safetensors file of at most 4 GiB. Throws CorruptError, IoError, or UsageError when the file does
/// not exist.
Tensors read_safetensors(const std::filesystem::path& path);

}  // namespace rhoam::core
