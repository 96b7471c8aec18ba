#include "rhoam/core/build_info.h"

#include "core/git_hash.h"

namespace rhoam::core {

BuildInfo build_info() {
#ifdef __clang__
  constexpr const char* kCompiler = "Clang " __clang_version__;
#else
  constexpr const char* kCompiler = "GCC " __VERSION__;
#endif
  return {RHOAM_VERSION, RHOAM_GIT_HASH, kCompiler};
}

}  // namespace rhoam::core
