// Fits y = sin x with a small LibTorch network: an ordinary training loop with rhoam's RMSprop.
#include <torch/torch.h>

#include <cstdio>

#include "rhoam/optim/torch_optimizer.h"

int main() {
  torch::manual_seed(1);
  torch::nn::Sequential network(torch::nn::Linear(1, 32), torch::nn::Tanh(), torch::nn::Linear(32, 1));

  // The one line that changed; before: torch::optim::RMSprop optimizer(network->parameters(), 1e-3);
  rhoam::optim::TorchOptimizer optimizer(network->parameters(), {.rho = rhoam::optim::rho_of_half_life(50)});

  double loss = 0;
  for (int update = 0; update < 3000; ++update) {
    const auto x = 6 * torch::rand({64, 1}) - 3;
    const auto error = torch::mse_loss(network->forward(x), torch::sin(x));
    optimizer.zero_grad();
    error.backward();
    optimizer.step();
    loss += 0.01 * (error.item<double>() - loss);  // smoothed
  }
  std::printf("mean squared error %.2g\n", loss);
  return loss < 1e-3 ? 0 : 1;
}
