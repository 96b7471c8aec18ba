#pragma once
#include <torch/nn/module.h>

#include <functional>
#include <memory>

#include "rhoam/agents/network.h"

namespace rhoam::agents {

/// Forward pass of a wrapped module: [B, inputs] → [B, outputs].
using TorchForward = std::function<at::Tensor(const at::Tensor&)>;

/// A feed-forward module of LibTorch as a Network; autograd does the backward pass. Its parameters (float32,
/// on the CPU) become views into one flat vector, in the order of module.parameters(), each in its own
/// layout; `free_parameters` zeros follow, such as log σ. Sets LibTorch and OpenBLAS to one thread for the
/// whole process. Rows of a batch may differ in the last bits from the same rows alone, since OpenBLAS picks
/// its kernel by the size of the batch. Throws std::invalid_argument for parameters of another kind.
std::unique_ptr<Network> make_torch_network(std::shared_ptr<torch::nn::Module> module, TorchForward forward,
                                            int inputs, int outputs, int free_parameters = 0);

/// The same for a module holder, such as torch::nn::Sequential.
template <class Holder>
std::unique_ptr<Network> make_torch_network(Holder holder, int inputs, int outputs, int free_parameters = 0) {
  TorchForward forward = [holder](const at::Tensor& obs) mutable { return holder->forward(obs); };
  return make_torch_network(holder.ptr(), std::move(forward), inputs, outputs, free_parameters);
}

}  // namespace rhoam::agents
