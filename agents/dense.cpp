#include "rhoam/agents/dense.h"

namespace rhoam::agents {

// One definition per instruction set: dense_kernels.cpp compiled with different -march.
extern const DenseKernels kDenseBaseline;
extern const DenseKernels kDenseV3;
extern const DenseKernels kDenseV4;

namespace {

#ifdef __clang__  // older ones do not know the levels by name: the last instructions that each brought stand
                  // for it
bool has_v3() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi2");
}
bool has_v4() {
  return has_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}
#else
bool has_v3() { return __builtin_cpu_supports("x86-64-v3"); }
bool has_v4() { return __builtin_cpu_supports("x86-64-v4"); }
#endif

}  // namespace

const DenseKernels& dense_kernels() {
  static const DenseKernels& chosen = has_v4() ? kDenseV4 : has_v3() ? kDenseV3 : kDenseBaseline;
  return chosen;
}

}  // namespace rhoam::agents
