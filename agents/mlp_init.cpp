#include <algorithm>
#include <cmath>

#include "agents/mlp.h"
#include "agents/orthonormal.h"
#include "core/errors.h"

namespace rhoam::agents {
namespace {

void orthogonal(std::span<float> weight, int in, int out, double gain, core::Stream& stream) {
  const auto rows = orthonormal(std::min(in, out), std::max(in, out), stream);
  for (int i = 0; i < in; ++i)
    for (int o = 0; o < out; ++o)
      weight[static_cast<std::size_t>(i) * out + o] =
          static_cast<float>(gain * (in < out ? rows[i][o] : rows[o][i]));
}

void normal(std::span<float> weight, int in, double gain, core::Stream& stream) {
  for (float& w : weight) w = static_cast<float>(gain / std::sqrt(in) * stream.normal());
}

void draw_weights(std::span<float> weight, const ParameterBlock& block, Initialisation initialisation,
                  double gain, core::Stream& stream) {
  const int in = static_cast<int>(block.shape[0]), out = static_cast<int>(block.shape[1]);
  if (initialisation == Initialisation::orthogonal)
    orthogonal(weight, in, out, gain, stream);
  else
    normal(weight, in, gain, stream);
}

/// Of what is not drawn.
float start_of(const ParameterBlock& block, const MlpSpec& spec) {
  if (block.name == "free") return static_cast<float>(spec.first_free);
  return block.name.ends_with(".gain") ? 1.0f : 0.0f;
}

}  // namespace

Activation parse_activation(const std::string& name) {
  if (name == "tanh") return Activation::tanh;
  if (name == "relu") return Activation::relu;
  if (name == "softsign") return Activation::softsign;
  throw core::UsageError("no activation '" + name + "': allowed are tanh, relu, softsign");
}

Initialisation parse_initialisation(const std::string& name) {
  if (name == "orthogonal") return Initialisation::orthogonal;
  if (name == "normal") return Initialisation::normal;
  throw core::UsageError("no initialisation '" + name + "': allowed are orthogonal, normal");
}

std::vector<ParameterBlock> parameter_blocks(const MlpSpec& spec) {
  std::vector<ParameterBlock> blocks;
  std::int64_t in = spec.inputs;
  for (std::size_t layer = 0; layer <= spec.hidden.size(); ++layer) {
    const bool head = layer == spec.hidden.size();
    const std::int64_t out = head ? spec.outputs : spec.hidden[layer];
    const std::string name = "layer" + std::to_string(layer) + ".";
    blocks.push_back({name + "weight", {in, out}});
    if (spec.head_bias || !head) blocks.push_back({name + "bias", {out}});
    if (spec.layer_norm && !head) {
      blocks.push_back({name + "gain", {out}});
      blocks.push_back({name + "shift", {out}});
    }
    in = out;
  }
  if (spec.free_parameters > 0) blocks.push_back({"free", {spec.free_parameters}});
  return blocks;
}

std::vector<float> initial_parameters(const MlpSpec& spec, core::Stream& stream) {
  std::vector<float> parameters;
  int layer = 0;
  for (const auto& block : parameter_blocks(spec)) {
    const std::size_t start = parameters.size();
    parameters.resize(start + size_of(block), start_of(block, spec));
    if (!block.name.ends_with(".weight")) continue;
    const bool head = layer++ == static_cast<int>(spec.hidden.size());
    draw_weights(std::span(parameters).subspan(start), block, spec.initialisation,
                 head ? spec.head_gain : spec.hidden_gain, stream);
  }
  return parameters;
}

}  // namespace rhoam::agents
