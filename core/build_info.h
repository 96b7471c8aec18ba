#pragma once

namespace rhoam::core {

/// Version and build of this program.
struct BuildInfo {
  const char* version;  ///< "0.1.0"
  const char*
      git_hash;  ///< of the commit, followed by "-dirty" when files differ; "unknown" outside a repository
  const char* compiler;  ///< "GCC 12.2.0"
};
BuildInfo build_info();

}  // namespace rhoam::core
