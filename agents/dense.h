#pragma once
#include <cstddef>
#include <span>

namespace rhoam::agents {

enum class Activation { identity, tanh, relu, softsign };

/// Row strides of activation buffers and packed weights are multiples of this many floats, padded with zeros.
constexpr int kPadding = 16;
/// Always inlined: a copy compiled for AVX-512 must never be the one that the linker keeps for all.
[[gnu::always_inline]] inline constexpr int padded(int size) {
  return (size + kPadding - 1) / kPadding * kPadding;
}

/// Layers of at most this many outputs take the narrow kernels, which work along the inputs instead.
constexpr int kNarrow = 8;

/// Rows [R, in] · weights [in, out] + bias → [R, out], everything row-major in float.
struct DenseShape {
  int rows;
  int in;
  int out;
  int x_stride;  ///< floats between rows of the input
  int y_stride;  ///< floats between rows of the output
};

/// Matrix kernels of a dense layer, compiled once per instruction set. Weights come packed: `w` is [in,
/// padded(out)], `w_transposed` is [out, padded(in)]. A row's result does not depend on the number of rows.
struct DenseKernels {
  const char* name;  ///< "x86-64-v4" and the like

  /// y = act(x·W + b). `b` has padded(out) entries. Padding columns of y are written.
  void (*forward)(const DenseShape&, const float* x, const float* w, const float* b, Activation, float* y);
  /// The same for out ≤ kNarrow, from the transposed weights; writes exactly `out` columns.
  void (*forward_narrow)(const DenseShape&, const float* x, const float* w_transposed, const float* b,
                         Activation, float* y);
  /// dx = (dy·Wᵀ) ⊙ act′, act′ taken from the layer below's outputs `x`; writes padded(in) columns at x's
  /// stride.
  void (*backward_input)(const DenseShape&, const float* dy, const float* w_transposed, const float* x,
                         Activation, float* dx);
  /// dw [in, out] += xᵀ·dy and, unless it is null, db [out] += Σ dy, rows in order. `scratch` holds
  /// in·padded(out) floats or, when narrow, out·padded(in).
  void (*backward_weights)(const DenseShape&, const float* x, const float* dy, float* dw, float* db,
                           float* scratch);
  /// w [in, out] → packed [in, padded(out)] and transposed [out, padded(in)]; padding zero.
  void (*pack)(int in, int out, const float* w, float* w_packed, float* w_transposed);
  /// z ← act(z), elementwise.
  void (*activate)(std::size_t size, Activation, float* z);
};

/// Kernels that this processor supports, the best last.
std::span<const DenseKernels* const> runnable_kernels();
/// The best kernels that this processor supports.
const DenseKernels& dense_kernels();

}  // namespace rhoam::agents
