#include "rhoam/agents/dense.h"

namespace rhoam::agents {

// One definition per instruction set: dense_kernels.cpp compiled with different -march.
extern const DenseKernels kDenseBaseline;
extern const DenseKernels kDenseV3;
extern const DenseKernels kDenseV4;

namespace {

#ifdef __clang__  // older versions do not know the levels by name: the last instructions that each level
                  // added stand for it
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

std::span<const DenseKernels* const> runnable_kernels() {
  static constexpr const DenseKernels* kAll[] = {&kDenseBaseline, &kDenseV3, &kDenseV4};
  static const std::size_t count = has_v4() ? 3 : has_v3() ? 2 : 1;
  return std::span(kAll).first(count);
}

const DenseKernels& dense_kernels() { return *runnable_kernels().back(); }

}  // namespace rhoam::agents
