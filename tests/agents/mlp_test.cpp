#include "rhoam/agents/mlp.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <tuple>
#include <vector>

#include "rhoam/tests/agents/finite_difference.h"

namespace rhoam::agents {
namespace {

std::vector<float> random_floats(std::size_t size, core::Stream& stream) {
  std::vector<float> values(size);
  for (float& x : values) x = static_cast<float>(stream.normal());
  return values;
}

/// Biases of ±4 in turn: half of the units on, half off, all far from the kink of ReLU, where a difference
/// means nothing.
void away_from_kinks(Network& network) {
  std::size_t at = 0;
  for (const auto& block : network.blocks()) {
    const std::size_t size = size_of(block);
    const bool offset = block.name.ends_with(".bias") || block.name.ends_with(".shift");
    for (std::size_t i = 0; offset && i < size; ++i) network.parameters()[at + i] = i % 2 == 0 ? 4.0f : -4.0f;
    at += size;
  }
}

/// Does the backward pass agree with what the outputs do when each parameter moves?
void expect_the_gradient_of_differences(const MlpSpec& spec) {
  core::Stream stream(11);
  const auto network = make_mlp(spec, stream);
  if (spec.activation == Activation::relu) away_from_kinks(*network);
  const int rows = 5, outputs = spec.outputs;
  const auto obs = random_floats(rows * spec.inputs, stream), weights = random_floats(rows * outputs, stream);
  const auto workspace = network->make_workspace(rows);
  std::vector<float> out(rows * outputs), gradient(network->parameters().size());
  const auto loss = [&] {
    network->parameters_changed();
    network->forward(obs, out, *workspace);
    double sum = 0;
    for (std::size_t i = 0; i < out.size(); ++i) sum += double{weights[i]} * out[i];
    return sum;
  };
  loss();
  network->backward(weights, *workspace, gradient);
  for (std::size_t i = 0; i < gradient.size(); ++i) {
    const double numeric = finite_difference(network->parameters()[i], loss, 3e-3f);
    EXPECT_NEAR(gradient[i], numeric, 2e-2 + 0.01 * std::abs(numeric)) << "parameter " << i;
  }
}

class MlpGradient : public testing::TestWithParam<std::tuple<Activation, bool, int>> {};

TEST_P(MlpGradient, AgreesWithFiniteDifferences) {
  const auto [activation, layer_norm, outputs] = GetParam();
  expect_the_gradient_of_differences({.inputs = 3,
                                      .hidden = {9, 12},
                                      .outputs = outputs,
                                      .activation = activation,
                                      .layer_norm = layer_norm,
                                      .free_parameters = 2});
}

INSTANTIATE_TEST_SUITE_P(Shapes, MlpGradient,
                         testing::Combine(testing::Values(Activation::tanh, Activation::relu,
                                                          Activation::softsign),
                                          testing::Bool(), testing::Values(1, 4, 10)));

TEST(Mlp, WithoutHiddenLayersItIsLinear) {
  expect_the_gradient_of_differences({.inputs = 8, .hidden = {}, .outputs = 10});
}

TEST(Mlp, TheHeadMayBeWithoutABias) {
  for (const int outputs : {1, 10})
    expect_the_gradient_of_differences(
        {.inputs = 3, .hidden = {9}, .outputs = outputs, .head_bias = false, .free_parameters = 2});
}

TEST(Mlp, ARowDoesNotDependOnTheOthers) {
  core::Stream stream(12);
  const auto network = make_mlp({.inputs = 8, .hidden = {64, 64}, .outputs = 4}, stream);
  const auto obs = random_floats(37 * 8, stream);
  std::vector<float> all(37 * 4), one(4);
  const auto workspace = network->make_workspace(37);
  network->forward(obs, all, *workspace);
  for (int row = 0; row < 37; ++row) {
    network->forward(std::span(obs).subspan(row * 8, 8), one, *workspace);
    for (int o = 0; o < 4; ++o) EXPECT_EQ(one[o], all[row * 4 + o]);
  }
}

TEST(Mlp, BackwardAddsToTheGradient) {
  core::Stream stream(13);
  const auto network = make_mlp({.inputs = 2, .hidden = {16}, .outputs = 1}, stream);
  const auto workspace = network->make_workspace(1);
  const std::vector<float> obs{0.3f, -0.2f}, one{1};
  std::vector<float> out(1), once(network->parameters().size()), twice(once.size());
  network->forward(obs, out, *workspace);
  network->backward(one, *workspace, once);
  network->backward(one, *workspace, twice);
  network->backward(one, *workspace, twice);
  for (std::size_t i = 0; i < once.size(); ++i) EXPECT_FLOAT_EQ(twice[i], 2 * once[i]);
}

TEST(Mlp, StartsOrthogonalWithTheGains) {
  core::Stream stream(14);
  const MlpSpec spec{.inputs = 4, .hidden = {32}, .outputs = 2, .head_gain = 0.01};
  const auto parameters = initial_parameters(spec, stream);
  for (int a = 0; a < 4; ++a)
    for (int b = 0; b < 4; ++b) {
      double dot = 0;
      for (int o = 0; o < 32; ++o) dot += double{parameters[a * 32 + o]} * parameters[b * 32 + o];
      EXPECT_NEAR(dot, a == b ? 2.0 : 0.0, 1e-5);
    }
  double head = 0;
  for (std::size_t i = parameters.size() - 2 - 64; i < parameters.size() - 2; ++i)
    head += parameters[i] * parameters[i];
  EXPECT_NEAR(head, 2 * 0.01 * 0.01, 1e-8);
}

TEST(Mlp, StartsWithNormalWeightsOfTheGainsWhenAsked) {
  core::Stream stream(16);
  const MlpSpec spec{.inputs = 100,
                     .hidden = {400},
                     .outputs = 50,
                     .initialisation = Initialisation::normal,
                     .hidden_gain = 1.5,
                     .head_gain = 0.1};
  const auto parameters = initial_parameters(spec, stream);
  const auto mean_square = [&](std::size_t begin, std::size_t size) {
    return std::inner_product(&parameters[begin], &parameters[begin + size], &parameters[begin], 0.0) /
           static_cast<double>(size);
  };
  EXPECT_NEAR(mean_square(0, 40000), 1.5 * 1.5 / 100, 0.05 * 1.5 * 1.5 / 100);
  EXPECT_EQ(mean_square(40000, 400), 0);  // biases
  EXPECT_NEAR(mean_square(40400, 20000), 0.1 * 0.1 / 400, 0.05 * 0.1 * 0.1 / 400);
}

TEST(Mlp, FreeParametersStartWhereTheyAreTold) {
  core::Stream stream(17);
  const auto parameters = initial_parameters(
      {.inputs = 1, .hidden = {}, .outputs = 2, .free_parameters = 2, .first_free = -1.5}, stream);
  EXPECT_EQ(std::vector<float>(parameters.end() - 3, parameters.end()), (std::vector<float>{0, -1.5, -1.5}));
}

TEST(Mlp, BlocksCoverTheParameterVector) {
  core::Stream stream(15);
  for (const bool head_bias : {true, false}) {
    const MlpSpec spec{.inputs = 3,
                       .hidden = {5, 6},
                       .outputs = 2,
                       .layer_norm = true,
                       .head_bias = head_bias,
                       .free_parameters = 2};
    std::size_t total = 0;
    for (const auto& block : parameter_blocks(spec)) total += size_of(block);
    EXPECT_EQ(total, make_mlp(spec, stream)->parameters().size());
  }
}

}  // namespace
}  // namespace rhoam::agents
