#include "rhoam/agents/mlp.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

#include "rhoam/agents/aligned.h"
#include "rhoam/agents/orthonormal.h"
#include "rhoam/core/errors.h"

namespace rhoam::agents {

NormalisedRows::NormalisedRows(int max_rows, int size)
    : size_(size), normal_(static_cast<std::size_t>(max_rows) * size), precision_(max_rows) {}

void NormalisedRows::forward(int rows, const float* gain, const float* shift, float* z, int stride) {
  for (int row = 0; row < rows; ++row, z += stride) {
    float mean = 0, variance = 0;
    for (int i = 0; i < size_; ++i) mean += z[i];
    mean /= static_cast<float>(size_);
    for (int i = 0; i < size_; ++i) variance += (z[i] - mean) * (z[i] - mean);
    precision_[row] = 1.0f / std::sqrt(variance / static_cast<float>(size_) + 1e-5f);
    float* normal = &normal_[static_cast<std::size_t>(row) * size_];
    for (int i = 0; i < size_; ++i) {
      normal[i] = (z[i] - mean) * precision_[row];
      z[i] = gain[i] * normal[i] + shift[i];
    }
  }
}

void NormalisedRows::backward(int rows, const float* gain, float* dy, int stride, float* d_gain,
                              float* d_shift) const {
  for (int row = 0; row < rows; ++row, dy += stride) {
    const float* normal = &normal_[static_cast<std::size_t>(row) * size_];
    float mean = 0, projection = 0;
    for (int i = 0; i < size_; ++i) {
      d_gain[i] += dy[i] * normal[i];
      d_shift[i] += dy[i];
      dy[i] *= gain[i];
      mean += dy[i];
      projection += dy[i] * normal[i];
    }
    mean /= static_cast<float>(size_);
    projection /= static_cast<float>(size_);
    for (int i = 0; i < size_; ++i) dy[i] = (dy[i] - mean - normal[i] * projection) * precision_[row];
  }
}

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

/// Initial value of the blocks that are not random.
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

namespace {

/// Offsets of one layer in the flat vector, and its packed copy.
struct DenseLayer {
  int in, out;
  bool biased;
  std::size_t weight, bias = 0, gain = 0, shift = 0;  // offsets
  AlignedFloats packed = {}, transposed = {}, padded_bias = {};
  bool narrow() const { return out <= kNarrow; }
};

struct MlpWorkspace final : Workspace {
  int max_batch = 0;
  int batch = 0;                           ///< rows of the last forward pass
  std::vector<AlignedFloats> inputs;       ///< per layer [max_batch, padded(in)]
  std::vector<NormalisedRows> normalised;  ///< per hidden layer, with layer norm only
  AlignedFloats output;                    ///< [max_batch, padded(outputs)]
  AlignedFloats delta, next_delta;         ///< dL/dz of the current layer and of the one below
  AlignedFloats scratch;
};

class Mlp final : public Network {
 public:
  Mlp(const MlpSpec& spec, core::Stream& stream) : spec_(spec), kernels_(dense_kernels()) {
    const std::vector<float> start = initial_parameters(spec, stream);
    parameters_.assign(start.begin(), start.end());
    std::size_t offset = 0;
    int in = spec.inputs;
    for (std::size_t l = 0; l <= spec.hidden.size(); ++l) {
      const bool head = l == spec.hidden.size();
      const int out = head ? spec.outputs : spec.hidden[l];
      DenseLayer layer{.in = in, .out = out, .biased = spec.head_bias || !head, .weight = offset};
      layer.bias = offset + static_cast<std::size_t>(in) * out;
      layer.packed.resize(static_cast<std::size_t>(in) * padded(out));
      layer.transposed.resize(static_cast<std::size_t>(out) * padded(in));
      layer.padded_bias.resize(padded(out));
      layer.gain = layer.bias + (layer.biased ? out : 0);
      layer.shift = layer.gain + out;
      offset = spec.layer_norm && !head ? layer.shift + out : layer.gain;
      layers_.push_back(std::move(layer));
      in = out;
    }
    parameters_changed();
  }

  int inputs() const override { return spec_.inputs; }
  int outputs() const override { return spec_.outputs; }
  std::span<float> parameters() override { return parameters_; }
  std::vector<ParameterBlock> blocks() const override { return parameter_blocks(spec_); }

  void parameters_changed() override {
    for (DenseLayer& layer : layers_) {
      kernels_.pack(layer.in, layer.out, &parameters_[layer.weight], layer.packed.data(),
                    layer.transposed.data());
      if (layer.biased) std::copy_n(&parameters_[layer.bias], layer.out, layer.padded_bias.begin());
    }
  }

  std::unique_ptr<Workspace> make_workspace(int max_batch) const override;
  void forward(std::span<const float> obs, std::span<float> out, Workspace&) const override;
  void backward(std::span<const float> d_out, Workspace&, std::span<float> gradient) const override;

 private:
  bool normalises(std::size_t layer) const { return spec_.layer_norm && layer + 1 < layers_.size(); }
  DenseShape shape(const DenseLayer& layer, int rows) const {
    return {rows, layer.in, layer.out, padded(layer.in), padded(layer.out)};
  }

  MlpSpec spec_;
  const DenseKernels& kernels_;
  AlignedFloats parameters_;
  std::vector<DenseLayer> layers_;
};

std::unique_ptr<Workspace> Mlp::make_workspace(int max_batch) const {
  auto workspace = std::make_unique<MlpWorkspace>();
  workspace->max_batch = max_batch;
  int widest = padded(spec_.inputs);
  std::size_t scratch = 0;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const DenseLayer& layer = layers_[l];
    workspace->inputs.emplace_back(static_cast<std::size_t>(max_batch) * padded(layer.in));
    if (normalises(l)) workspace->normalised.emplace_back(max_batch, layer.out);
    widest = std::max(widest, padded(layer.out));
    scratch = std::max(scratch, static_cast<std::size_t>(std::max(layer.in, kNarrow)) * padded(layer.out));
    scratch = std::max(scratch, static_cast<std::size_t>(kNarrow) * padded(layer.in));
  }
  workspace->output.resize(static_cast<std::size_t>(max_batch) * padded(spec_.outputs));
  workspace->delta.resize(static_cast<std::size_t>(max_batch) * widest);
  workspace->next_delta.resize(workspace->delta.size());
  workspace->scratch.resize(scratch);
  return workspace;
}

/// Copies [rows, size] between row strides.
void copy_rows(int rows, int size, const float* from, int from_stride, float* to, int to_stride) {
  for (int row = 0; row < rows; ++row)
    std::copy_n(from + static_cast<std::size_t>(row) * from_stride, size,
                to + static_cast<std::size_t>(row) * to_stride);
}

void Mlp::forward(std::span<const float> obs, std::span<float> out, Workspace& workspace) const {
  auto& w = static_cast<MlpWorkspace&>(workspace);
  w.batch = static_cast<int>(obs.size()) / spec_.inputs;
  if (w.batch > w.max_batch) throw std::logic_error("the batch is larger than the workspace");
  copy_rows(w.batch, spec_.inputs, obs.data(), spec_.inputs, w.inputs[0].data(), padded(spec_.inputs));
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const DenseLayer& layer = layers_[l];
    const bool head = l + 1 == layers_.size();
    const float* x = w.inputs[l].data();
    float* y = head ? w.output.data() : w.inputs[l + 1].data();
    const Activation activation = head || normalises(l) ? Activation::identity : spec_.activation;
    if (layer.narrow())
      kernels_.forward_narrow(shape(layer, w.batch), x, layer.transposed.data(), layer.padded_bias.data(),
                              activation, y);
    else
      kernels_.forward(shape(layer, w.batch), x, layer.packed.data(), layer.padded_bias.data(), activation,
                       y);
    if (!normalises(l)) continue;
    w.normalised[l].forward(w.batch, &parameters_[layer.gain], &parameters_[layer.shift], y,
                            padded(layer.out));
    kernels_.activate(static_cast<std::size_t>(w.batch) * padded(layer.out), spec_.activation, y);
  }
  copy_rows(w.batch, spec_.outputs, w.output.data(), padded(spec_.outputs), out.data(), spec_.outputs);
}

void Mlp::backward(std::span<const float> d_out, Workspace& workspace, std::span<float> gradient) const {
  auto& w = static_cast<MlpWorkspace&>(workspace);
  std::fill_n(w.delta.begin(), static_cast<std::size_t>(w.batch) * padded(spec_.outputs), 0.0f);
  copy_rows(w.batch, spec_.outputs, d_out.data(), spec_.outputs, w.delta.data(), padded(spec_.outputs));
  for (std::size_t l = layers_.size(); l-- > 0;) {
    const DenseLayer& layer = layers_[l];
    if (normalises(l))
      w.normalised[l].backward(w.batch, &parameters_[layer.gain], w.delta.data(), padded(layer.out),
                               &gradient[layer.gain], &gradient[layer.shift]);
    kernels_.backward_weights(shape(layer, w.batch), w.inputs[l].data(), w.delta.data(),
                              &gradient[layer.weight], layer.biased ? &gradient[layer.bias] : nullptr,
                              w.scratch.data());
    if (l == 0) return;
    kernels_.backward_input(shape(layer, w.batch), w.delta.data(), layer.transposed.data(),
                            w.inputs[l].data(), spec_.activation, w.next_delta.data());
    std::swap(w.delta, w.next_delta);
  }
}

}  // namespace

std::unique_ptr<Network> make_mlp(const MlpSpec& spec, core::Stream& stream) {
  return std::make_unique<Mlp>(spec, stream);
}

}  // namespace rhoam::agents
