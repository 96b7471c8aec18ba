#include "agents/dense.h"

namespace rhoam::agents {

// One definition per instruction set: dense_kernels.cpp compiled with different -march.
extern const DenseKernels kDenseBaseline;
extern const DenseKernels kDenseV3;
extern const DenseKernels kDenseV4;

const DenseKernels& dense_kernels() {
  static const DenseKernels& chosen = __builtin_cpu_supports("x86-64-v4")   ? kDenseV4
                                      : __builtin_cpu_supports("x86-64-v3") ? kDenseV3
                                                                            : kDenseBaseline;
  return chosen;
}

}  // namespace rhoam::agents
