#pragma once
#include <vector>

namespace rhoam::agents {

/// Layer normalisation of the rows of a batch (Ba et al. 2016, eq. 4): y = gain ⊙ (z − mean)/√(variance +
/// 1e-5) + shift. Keeps what the backward pass needs.
class NormalisedRows {
 public:
  NormalisedRows(int max_rows, int size);
  /// z [rows, size] at `stride` floats a row → y, in place.
  void forward(int rows, const float* gain, const float* shift, float* z, int stride);
  /// dy → dz in place; adds to the gradients of gain and shift [size].
  void backward(int rows, const float* gain, float* dy, int stride, float* d_gain, float* d_shift) const;

 private:
  int size_;
  std::vector<float> normal_;     // (z − mean)/√(variance + ε) [rows, size]
  std::vector<float> precision_;  // 1/√(variance + ε) [rows]
};

}  // namespace rhoam::agents
