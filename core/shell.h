#pragma once
#include <filesystem>
#include <string>
#include <string_view>

namespace rhoam::core {

/// A word that a POSIX shell reads back: unchanged when none of its characters is special to a shell, else
/// quoted. Control characters are written as escapes, so that the result is one line unless the word ends in
/// a line feed.
std::string shell_quoted(std::string_view word);

/// The same for a path, which is then not taken for an option even if its name begins with a dash.
std::string shell_path(const std::filesystem::path& path);

}  // namespace rhoam::core
