#include "rhoam/bench/torch_optim_peer.h"

#include <ATen/Parallel.h>
#include <torch/optim/adagrad.h>
#include <torch/optim/adam.h>
#include <torch/optim/rmsprop.h>
#include <torch/optim/sgd.h>
#include <torch/types.h>

#include <memory>
#include <vector>

namespace rhoam::bench {
namespace {

using Shapes = std::vector<std::vector<std::int64_t>>;
using Parameters = std::vector<at::Tensor>;

Shapes shapes_of(std::size_t size) {
  if (size == 4610) return {{64, 4}, {64}, {64, 64}, {64}, {2, 64}, {2}};
  return {{static_cast<std::int64_t>(size)}};
}

Parameters make_parameters(std::size_t size) {
  Parameters parameters;
  for (const auto& shape : shapes_of(size)) {
    parameters.push_back(torch::ones(shape).requires_grad_());
    parameters.back().mutable_grad() = torch::full(shape, 1e-3);
  }
  return parameters;
}

std::shared_ptr<torch::optim::Optimizer> make_peer(const optim::OptimizerConfig& config,
                                                   const Parameters& parameters) {
  using namespace torch::optim;
  const double momentum = core::Schedule(config.momentum).at({});
  if (optim::differs(config.clip_norm, 0)) return nullptr;
  if (config.recipe == "rmsprop")
    return std::make_shared<RMSprop>(parameters,
                                     RMSpropOptions().momentum(momentum).centered(config.centered));
  if (config.recipe == "adam") return std::make_shared<Adam>(parameters, AdamOptions());
  if (config.recipe == "adagrad") return std::make_shared<Adagrad>(parameters, AdagradOptions());
  if (config.recipe == "sgd") return std::make_shared<SGD>(parameters, SGDOptions(1e-3).momentum(momentum));
  return nullptr;
}

}  // namespace

Body torch_peer(const optim::OptimizerConfig& config, std::size_t size) {
  at::set_num_threads(1);
  const auto peer = make_peer(config, make_parameters(size));
  if (!peer) return {};
  return [peer] { peer->step(); };
}

}  // namespace rhoam::bench
