#include "rhoam/agents/torch_network.h"

#include <ATen/Parallel.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/variable.h>
#include <torch/types.h>

#include <stdexcept>
#include <utility>

// Defined only where LibTorch uses OpenBLAS.
extern "C" __attribute__((weak)) void openblas_set_num_threads(int threads);

namespace rhoam::agents {
namespace {

/// Threads inside small operators cost far more than they save; rows and chunks are the unit of parallel
/// work.
void use_one_thread() {
  at::set_num_threads(1);
  if (openblas_set_num_threads) openblas_set_num_threads(1);
}

struct TorchWorkspace final : Workspace {
  at::Tensor output;  // of the last forward pass, with its graph
};

/// [rows, columns] over borrowed memory; LibTorch has no read-only tensors.
at::Tensor view(std::span<const float> values, int columns) {
  return torch::from_blob(const_cast<float*>(values.data()),
                          {static_cast<std::int64_t>(values.size()) / columns, columns});
}

class TorchNetwork final : public Network {
 public:
  TorchNetwork(std::shared_ptr<torch::nn::Module> module, TorchForward forward, int inputs, int outputs,
               int free_parameters)
      : module_(std::move(module)),
        forward_(std::move(forward)),
        inputs_(inputs),
        outputs_(outputs),
        free_(free_parameters) {
    use_one_thread();
    flatten();
  }

  int inputs() const override { return inputs_; }
  int outputs() const override { return outputs_; }
  std::span<float> parameters() override {
    return {flat_.data_ptr<float>(), static_cast<std::size_t>(flat_.numel())};
  }
  std::unique_ptr<Workspace> make_workspace(int) const override { return std::make_unique<TorchWorkspace>(); }

  void forward(std::span<const float> obs, std::span<float> out, Workspace& workspace) const override {
    at::Tensor& output = static_cast<TorchWorkspace&>(workspace).output;
    output = forward_(view(obs, inputs_).clone());  // the graph outlives the caller's memory
    view(out, outputs_).copy_(output.detach());
  }

  void backward(std::span<const float> d_out, Workspace& workspace,
                std::span<float> gradient) const override {
    const at::Tensor output = std::exchange(static_cast<TorchWorkspace&>(workspace).output, {});
    const auto gradients =
        torch::autograd::grad({output}, parameters_, {view(d_out, outputs_)}, {}, false, true);
    std::size_t at = 0;
    for (std::size_t i = 0; i < parameters_.size(); ++i) {
      const auto size = static_cast<std::size_t>(parameters_[i].numel());
      const auto part = gradient.subspan(at, size);
      if (gradients[i].defined()) view(part, 1).add_(gradients[i].reshape({-1, 1}));
      at += size;
    }
  }

  std::vector<ParameterBlock> blocks() const override {
    std::vector<ParameterBlock> blocks;
    for (const auto& parameter : module_->named_parameters())
      blocks.push_back({parameter.key(), parameter.value().sizes().vec()});
    if (free_ > 0) blocks.push_back({"free", {free_}});
    return blocks;
  }

 private:
  void flatten() {
    parameters_ = module_->parameters();
    std::int64_t size = free_;
    for (const at::Tensor& parameter : parameters_) {
      if (parameter.scalar_type() != torch::kFloat32 || !parameter.device().is_cpu())
        throw std::invalid_argument("a TorchNetwork needs float32 parameters on the CPU");
      size += parameter.numel();
    }
    flat_ = torch::zeros({size}, torch::kFloat32);
    std::int64_t at = 0;
    for (at::Tensor& parameter : parameters_) {
      const at::Tensor place = flat_.narrow(0, at, parameter.numel()).view(parameter.sizes());
      place.copy_(parameter.detach());
      parameter.set_data(place);
      at += parameter.numel();
    }
  }

  std::shared_ptr<torch::nn::Module> module_;
  TorchForward forward_;
  int inputs_, outputs_, free_;
  at::Tensor flat_;
  std::vector<at::Tensor> parameters_;
};

}  // namespace

std::unique_ptr<Network> make_torch_network(std::shared_ptr<torch::nn::Module> module, TorchForward forward,
                                            int inputs, int outputs, int free_parameters) {
  return std::make_unique<TorchNetwork>(std::move(module), std::move(forward), inputs, outputs,
                                        free_parameters);
}

}  // namespace rhoam::agents
