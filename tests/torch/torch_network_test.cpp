#include "rhoam/agents/torch_network.h"

#include <gtest/gtest.h>
#include <torch/nn/modules/activation.h>
#include <torch/nn/modules/container/sequential.h>
#include <torch/nn/modules/linear.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "rhoam/agents/mlp.h"
#include "rhoam/agents/torch_mlp.h"

namespace rhoam::agents {
namespace {

using Vector = std::vector<float>;

Vector noise(std::uint64_t seed, std::size_t size) {
  core::Stream stream(seed);
  Vector values(size);
  for (float& value : values) value = static_cast<float>(stream.normal());
  return values;
}

struct Result {
  Vector out, gradient;
};

/// Outputs on `rows` noisy observations, and the gradient of their product with noise.
Result evaluate(Network& network, int rows) {
  Result result{Vector(static_cast<std::size_t>(rows * network.outputs())),
                Vector(network.parameters().size())};
  const auto workspace = network.make_workspace(rows);
  network.forward(noise(1, static_cast<std::size_t>(rows * network.inputs())), result.out, *workspace);
  network.backward(noise(2, result.out.size()), *workspace, result.gradient);
  return result;
}

void expect_close(const Vector& a, const Vector& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i)
    ASSERT_NEAR(a[i], b[i], 1e-5 * std::max(1.0f, std::abs(b[i]))) << i;
}

struct Twins {
  std::unique_ptr<Network> built_in, torch;
  explicit Twins(const MlpSpec& spec) {
    core::Stream a(7), b(7);
    built_in = make_mlp(spec, a);
    torch = make_torch_mlp(spec, b);
  }
};

TEST(TorchMlp, HasTheBlocksAndTheStartOfTheBuiltInNetwork) {
  Twins twins({.inputs = 8, .hidden = {64, 32}, .outputs = 4, .layer_norm = true, .free_parameters = 2});
  const auto a = twins.built_in->blocks(), b = twins.torch->blocks();
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].name, b[i].name);
    EXPECT_EQ(a[i].shape, b[i].shape);
  }
  EXPECT_TRUE(std::ranges::equal(twins.built_in->parameters(), twins.torch->parameters()));
}

TEST(TorchMlp, AgreesWithTheBuiltInNetworkForwardAndBackward) {
  for (const auto activation : {Activation::tanh, Activation::relu, Activation::softsign})
    for (const bool layer_norm : {false, true})
      for (const int rows : {1, 7, 64}) {
        Twins twins({.inputs = 8,
                     .hidden = {64, 48},
                     .outputs = 3,
                     .activation = activation,
                     .layer_norm = layer_norm});
        const Result a = evaluate(*twins.built_in, rows), b = evaluate(*twins.torch, rows);
        expect_close(a.out, b.out);
        expect_close(a.gradient, b.gradient);
      }
}

TEST(TorchMlp, AgreesOnLinearNetworksAndOnHeadsWithoutABias) {
  for (const std::vector<int>& hidden : {std::vector<int>{}, std::vector<int>{16}}) {
    Twins twins({.inputs = 8, .hidden = hidden, .outputs = 3, .head_bias = false, .free_parameters = 1});
    EXPECT_EQ(twins.built_in->blocks().size(), twins.torch->blocks().size());
    const Result a = evaluate(*twins.built_in, 5), b = evaluate(*twins.torch, 5);
    expect_close(a.out, b.out);
    expect_close(a.gradient, b.gradient);
  }
}

TEST(TorchMlp, FollowsItsFlatParameters) {
  Twins twins({.inputs = 4, .hidden = {16}, .outputs = 2, .free_parameters = 1});
  const Vector moved = noise(9, twins.torch->parameters().size());
  for (Network* network : {twins.built_in.get(), twins.torch.get()}) {
    std::ranges::copy(moved, network->parameters().begin());
    network->parameters_changed();
  }
  const Result a = evaluate(*twins.built_in, 5), b = evaluate(*twins.torch, 5);
  expect_close(a.out, b.out);
  expect_close(a.gradient, b.gradient);
}

TEST(TorchNetwork, BackwardAddsToTheGradient) {
  Twins twins({.inputs = 4, .hidden = {16}, .outputs = 2});
  const auto once = evaluate(*twins.torch, 3).gradient;
  const auto workspace = twins.torch->make_workspace(3);
  Vector out(6), twice = once;
  twins.torch->forward(noise(1, 12), out, *workspace);
  twins.torch->backward(noise(2, 6), *workspace, twice);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_FLOAT_EQ(twice[i], 2 * once[i]);
}

TEST(TorchNetwork, WrapsAnySequential) {
  torch::nn::Sequential module(torch::nn::Linear(3, 5), torch::nn::GELU(), torch::nn::Linear(5, 2));
  const auto network = make_torch_network(module, 3, 2);
  ASSERT_EQ(network->parameters().size(), 3u * 5 + 5 + 5 * 2 + 2);
  EXPECT_EQ(network->blocks().front().name, "0.weight");
  const Result result = evaluate(*network, 4);
  // Finite difference of the first weight.
  const Vector d_out = noise(2, 8);
  const auto product = [&](float shift) {
    network->parameters()[0] += shift;
    const Vector out = evaluate(*network, 4).out;
    network->parameters()[0] -= shift;
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i) sum += static_cast<double>(out[i]) * d_out[i];
    return sum;
  };
  EXPECT_NEAR((product(1e-2f) - product(-1e-2f)) / 2e-2, result.gradient[0], 1e-3);
}

TEST(TorchNetwork, ParametersOfAnotherTypeAreRefused) {
  torch::nn::Sequential module(torch::nn::Linear(3, 2));
  module->to(torch::kFloat64);
  EXPECT_THROW(make_torch_network(module, 3, 2), std::invalid_argument);
}

}  // namespace
}  // namespace rhoam::agents
