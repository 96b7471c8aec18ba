#include "agents/layer_norm.h"

#include <cmath>
#include <cstddef>

namespace rhoam::agents {

NormalisedRows::NormalisedRows(int max_rows, int size)
    : size_(size), normal_(static_cast<std::size_t>(max_rows) * size), precision_(max_rows) {}

void NormalisedRows::forward(int rows, const float* gain, const float* shift, float* z, int stride) {
  for (int row = 0; row < rows; ++row, z += stride) {
    float mean = 0, variance = 0;
    for (int i = 0; i < size_; ++i) mean += z[i];
    mean /= static_cast<float>(size_);
    for (int i = 0; i < size_; ++i) variance += (z[i] - mean) * (z[i] - mean);
    precision_[row] = 1.0f / std::sqrt(variance / static_cast<float>(size_) + 1e-5f);
    float* normal = &normal_[static_cast<std::size_t>(row) * size_];
    for (int i = 0; i < size_; ++i) {
      normal[i] = (z[i] - mean) * precision_[row];
      z[i] = gain[i] * normal[i] + shift[i];
    }
  }
}

void NormalisedRows::backward(int rows, const float* gain, float* dy, int stride, float* d_gain,
                              float* d_shift) const {
  for (int row = 0; row < rows; ++row, dy += stride) {
    const float* normal = &normal_[static_cast<std::size_t>(row) * size_];
    float mean = 0, projection = 0;
    for (int i = 0; i < size_; ++i) {
      d_gain[i] += dy[i] * normal[i];
      d_shift[i] += dy[i];
      dy[i] *= gain[i];
      mean += dy[i];
      projection += dy[i] * normal[i];
    }
    mean /= static_cast<float>(size_);
    projection /= static_cast<float>(size_);
    for (int i = 0; i < size_; ++i) dy[i] = (dy[i] - mean - normal[i] * projection) * precision_[row];
  }
}

}  // namespace rhoam::agents
