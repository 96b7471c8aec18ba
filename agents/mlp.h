#pragma once
#include <cstdint>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "rhoam/agents/dense.h"
#include "rhoam/agents/network.h"
#include "rhoam/core/random.h"

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

/// "tanh", "relu" or "softsign"; throws UsageError on anything else.
Activation parse_activation(const std::string& name);

/// Initial weights: orthogonal matrices (Saxe et al. 2014) times their gain, or independent N(0,
/// gain²/inputs).
enum class Initialisation { orthogonal, normal };

/// "orthogonal" or "normal"; throws UsageError on anything else.
Initialisation parse_initialisation(const std::string& name);

/// Shape and initialisation of a multi-layer perceptron, built-in or in LibTorch.
struct MlpSpec {
  int inputs = 0;
  std::vector<int> hidden = {64, 64};  ///< none: a linear map
  int outputs = 0;
  Activation activation = Activation::tanh;
  bool layer_norm = false;  ///< normalises each hidden layer before its activation (Ba et al. 2016)
  bool head_bias = true;    ///< false: the last layer has no bias
  int free_parameters = 0;  ///< trailing parameters outside the layers, such as log σ
  double first_free = 0;    ///< initial value of these
  Initialisation initialisation = Initialisation::orthogonal;
  double hidden_gain = std::numbers::sqrt2;
  double head_gain = 1;  ///< of the last layer
};

/// The parameter blocks of such a network, in order: "layer0.weight" [in, out], "layer0.bias" [out], with
/// layer norm "layer0.gain", "layer0.shift" [out], … and last "free" [free_parameters]; without head_bias the
/// last layer has its weight alone. Weights are [in, out], the transpose of torch's.
std::vector<ParameterBlock> parameter_blocks(const MlpSpec&);

/// Initial parameters: random weights, zero biases, unit gains, free parameters at `first_free`.
std::vector<float> initial_parameters(const MlpSpec&, core::Stream&);

/// The built-in network: hand-written forward and backward passes over flat arrays, no allocation after
/// construction.
std::unique_ptr<Network> make_mlp(const MlpSpec&, core::Stream&);

}  // namespace rhoam::agents
