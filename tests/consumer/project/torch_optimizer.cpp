// Fits a line with a LibTorch module and rhoam's RMSprop.
#include <cstdio>

#include <torch/torch.h>

#include "optim/torch_optimizer.h"

int main() {
  torch::manual_seed(1);
  torch::nn::Linear line(1, 1);
  const auto x = torch::linspace(-1, 1, 64).unsqueeze(1);
  const auto y = 2 * x + 1;
  using rhoam::optim::OptimizerConfig;
  rhoam::optim::TorchOptimizer rmsprop(line->parameters(), OptimizerConfig{.lr = 0.01, .rho = 0.9});
  torch::Tensor loss;
  for (int update = 0; update < 1000; ++update) {
    rmsprop.zero_grad();
    loss = torch::mse_loss(line->forward(x), y);
    loss.backward();
    rmsprop.step();
  }
  std::printf("loss %.2g\n", loss.item<double>());
  return loss.item<double>() < 1e-3 ? 0 : 1;
}
