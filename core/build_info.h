#pragma once

namespace rhoam::core {

/// Which program this is.
struct BuildInfo {
  const char* version;  ///< "0.1.0"
  const char*
      git_hash;  ///< of the commit, "-dirty" behind it when files differ; "unknown" outside a repository
  const char* compiler;  ///< "GCC 12.2.0"
};
BuildInfo build_info();

}  // namespace rhoam::core
