#include "rhoam/agents/torch_mlp.h"

#include <torch/types.h>

#include <algorithm>
#include <string>

#include "rhoam/agents/torch_network.h"

namespace rhoam::agents {
namespace {

constexpr double kNormEps = 1e-5;

/// x·W with W [in, out], plus b and layer norm when requested.
struct TorchLayer final : torch::nn::Module {
  TorchLayer(int in, int out, bool biased, bool normalises) : width(out) {
    weight = register_parameter("weight", torch::empty({in, out}));
    if (biased) bias = register_parameter("bias", torch::empty({out}));
    if (!normalises) return;
    gain = register_parameter("gain", torch::empty({out}));
    shift = register_parameter("shift", torch::empty({out}));
  }
  at::Tensor forward(const at::Tensor& x) const {
    const at::Tensor z = bias.defined() ? at::addmm(bias, x, weight) : at::mm(x, weight);
    return gain.defined() ? at::layer_norm(z, {width}, gain, shift, kNormEps) : z;
  }
  int width;
  at::Tensor weight, bias, gain, shift;
};

at::Tensor activate(const at::Tensor& z, Activation activation) {
  switch (activation) {
    case Activation::tanh:
      return at::tanh(z);
    case Activation::relu:
      return at::relu(z);
    case Activation::softsign:
      return z / (z.abs() + 1);
    case Activation::identity:
      return z;
  }
  return z;
}

struct TorchMlp final : torch::nn::Module {
  explicit TorchMlp(const MlpSpec& spec) : activation(spec.activation) {
    int in = spec.inputs;
    for (std::size_t l = 0; l <= spec.hidden.size(); ++l) {
      const bool head = l == spec.hidden.size();
      const int out = head ? spec.outputs : spec.hidden[l];
      layers.push_back(register_module(
          "layer" + std::to_string(l),
          std::make_shared<TorchLayer>(in, out, spec.head_bias || !head, spec.layer_norm && !head)));
      in = out;
    }
  }
  at::Tensor forward(at::Tensor x) const {
    for (std::size_t l = 0; l + 1 < layers.size(); ++l) x = activate(layers[l]->forward(x), activation);
    return layers.back()->forward(x);
  }
  Activation activation;
  std::vector<std::shared_ptr<TorchLayer>> layers;
};

}  // namespace

std::unique_ptr<Network> make_torch_mlp(const MlpSpec& spec, core::Stream& stream) {
  const auto module = std::make_shared<TorchMlp>(spec);
  auto network = make_torch_network(
      module, [module](const at::Tensor& obs) { return module->forward(obs); }, spec.inputs, spec.outputs,
      spec.free_parameters);
  std::ranges::copy(initial_parameters(spec, stream), network->parameters().begin());
  return network;
}

}  // namespace rhoam::agents
