#include "optim/torch_optimizer.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/serialize/archive.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "core/errors.h"

namespace rhoam::optim {

/// One parameter group as a flat vector.
class TorchGroup {
 public:
  virtual ~TorchGroup() = default;
  virtual void step(std::vector<at::Tensor>& parameters, double lr, const core::Clocks& clocks) = 0;
  virtual void save(core::Tensors& out, const std::string& prefix) const = 0;
  virtual void load(const core::Tensors& in, const std::string& prefix) = 0;
};

namespace {

using torch::optim::OptimizerParamGroup;
using torch::serialize::InputArchive;
using torch::serialize::OutputArchive;

std::int64_t size_of(const std::vector<at::Tensor>& parameters) {
  std::int64_t size = 0;
  for (const at::Tensor& parameter : parameters) size += parameter.numel();
  return size;
}

/// The learning rate is LibTorch's to set, unless the config has a schedule. Every tensor is a layer.
OptimizerConfig for_group(OptimizerConfig config, const std::vector<at::Tensor>& parameters) {
  if (config.lr.constant()) config.lr = 1.0;
  config.layers.clear();
  std::size_t begin = 0;
  for (const at::Tensor& parameter : parameters) {
    if (parameter.numel() > 0) config.layers.push_back(begin);
    begin += static_cast<std::size_t>(parameter.numel());
  }
  return config;
}

template <class Scalar>
class FlatGroup final : public TorchGroup {
 public:
  FlatGroup(const OptimizerConfig& config, const std::vector<at::Tensor>& parameters)
      : theta_(torch::empty({size_of(parameters)}, kType)),
        gradient_(torch::zeros({size_of(parameters)}, kType)),
        optimizer_(make_optimizer<Scalar>(for_group(config, parameters),
                                          static_cast<std::size_t>(theta_.numel()))) {}

  void step(std::vector<at::Tensor>& parameters, double lr, const core::Clocks& clocks) override {
    gather(parameters);
    optimizer_->set_rate_factor(lr);
    optimizer_->step(span(theta_), span(gradient_), clocks);
    each(parameters, theta_, [](at::Tensor& parameter, at::Tensor part) { parameter.copy_(part); });
  }
  void save(core::Tensors& out, const std::string& prefix) const override { optimizer_->save(out, prefix); }
  void load(const core::Tensors& in, const std::string& prefix) override { optimizer_->load(in, prefix); }

 private:
  static constexpr auto kType = std::is_same_v<Scalar, float> ? torch::kFloat32 : torch::kFloat64;

  static std::span<Scalar> span(at::Tensor& flat) {
    return {flat.data_ptr<Scalar>(), static_cast<std::size_t>(flat.numel())};
  }

  /// Every parameter with its place in the flat vector.
  template <class Visit>
  static void each(std::vector<at::Tensor>& parameters, const at::Tensor& flat, Visit visit) {
    std::int64_t at = 0;
    for (at::Tensor& parameter : parameters) {
      visit(parameter, flat.narrow(0, at, parameter.numel()).view(parameter.sizes()));
      at += parameter.numel();
    }
  }

  void gather(std::vector<at::Tensor>& parameters) {
    if (size_of(parameters) != theta_.numel())
      throw std::invalid_argument("a parameter group has changed its size since its first step");
    each(parameters, theta_, [](at::Tensor& parameter, at::Tensor part) { part.copy_(parameter); });
    each(parameters, gradient_, [](at::Tensor& parameter, at::Tensor part) {
      parameter.grad().defined() ? part.copy_(parameter.grad()) : part.zero_();
    });
  }

  at::Tensor theta_, gradient_;
  std::unique_ptr<Optimizer<Scalar>> optimizer_;
};

TorchOptimizerOptions& options_of(OptimizerParamGroup& group) {
  return static_cast<TorchOptimizerOptions&>(group.options());
}
const TorchOptimizerOptions& options_of(const OptimizerParamGroup& group) {
  return static_cast<const TorchOptimizerOptions&>(group.options());
}

std::unique_ptr<TorchGroup> make_group(const OptimizerParamGroup& group) {
  const auto& parameters = group.params();
  const auto type = parameters.empty() ? torch::kFloat32 : parameters[0].scalar_type();
  for (const at::Tensor& parameter : parameters)
    if (parameter.scalar_type() != type || !parameter.device().is_cpu())
      throw std::invalid_argument("a parameter group needs tensors of one type on the CPU");
  const OptimizerConfig& config = options_of(group).config;
  if (type == torch::kFloat32) return std::make_unique<FlatGroup<float>>(config, parameters);
  if (type == torch::kFloat64) return std::make_unique<FlatGroup<double>>(config, parameters);
  throw std::invalid_argument("a parameter group needs float32 or float64 tensors");
}

std::string group_name(const std::string& prefix, std::size_t index) {
  return fmt::format("{}group{}/", prefix, index);
}

/// The archive's form of one named tensor.
void write(OutputArchive& archive, const std::string& key, const std::string& name,
           const core::Tensor& tensor) {
  OutputArchive packed(archive.compilation_unit());
  packed.write("name", c10::IValue(name));
  packed.write("type", c10::IValue(static_cast<std::int64_t>(tensor.type)));
  at::Tensor bytes = torch::empty({static_cast<std::int64_t>(tensor.bytes.size())}, torch::kUInt8);
  std::memcpy(bytes.data_ptr(), tensor.bytes.data(), tensor.bytes.size());
  packed.write("bytes", bytes, true);
  archive.write(key, packed);
}

void read(InputArchive& archive, const std::string& key, core::Tensors& into) {
  InputArchive packed;
  c10::IValue name, type;
  at::Tensor bytes;
  archive.read(key, packed);
  packed.read("name", name);
  packed.read("type", type);
  packed.read("bytes", bytes, true);
  core::Tensor tensor{static_cast<core::ElementType>(type.toInt()), {}, {}};
  tensor.bytes.resize(bytes.nbytes());
  std::memcpy(tensor.bytes.data(), bytes.contiguous().data_ptr(), tensor.bytes.size());
  const std::size_t element = tensor.type == core::ElementType::f32 ? 4 : 8;
  tensor.shape = {
      static_cast<std::int64_t>(tensor.bytes.size() / element)};  // state is flat; checked where it is read
  into.all()[name.toStringRef()] = std::move(tensor);
}

}  // namespace

TorchOptimizerOptions::TorchOptimizerOptions(OptimizerConfig c)
    : config(std::move(c)), lr(config.lr.constant() ? config.lr.at({}) : 1) {}

TorchOptimizer::TorchOptimizer(std::vector<OptimizerParamGroup> groups, OptimizerConfig defaults)
    : Optimizer(std::move(groups), std::make_unique<TorchOptimizerOptions>(std::move(defaults))) {}

TorchOptimizer::TorchOptimizer(std::vector<at::Tensor> parameters, OptimizerConfig defaults)
    : TorchOptimizer(std::vector<OptimizerParamGroup>{OptimizerParamGroup(std::move(parameters))},
                     std::move(defaults)) {}

TorchOptimizer::~TorchOptimizer() = default;

void TorchOptimizer::make_groups() const {
  while (groups_.size() < param_groups_.size()) groups_.push_back(make_group(param_groups_[groups_.size()]));
}

at::Tensor TorchOptimizer::step(LossClosure closure) {
  at::Tensor loss;
  if (closure) {
    at::AutoGradMode enable_grad(true);
    loss = closure();
  }
  torch::NoGradGuard no_grad;
  make_groups();
  for (std::size_t i = 0; i < groups_.size(); ++i)
    groups_[i]->step(param_groups_[i].params(), options_of(param_groups_[i]).lr, clocks_);
  ++clocks_.updates;
  return loss;
}

void TorchOptimizer::save(core::Tensors& out, const std::string& prefix) const {
  make_groups();
  const std::array<std::int64_t, 4> counts{static_cast<std::int64_t>(groups_.size()), clocks_.steps,
                                           clocks_.updates, clocks_.episodes};
  out.put(prefix + "counts", std::span<const std::int64_t>(counts));
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    out.put(group_name(prefix, i) + "lr", std::span<const double>(&options_of(param_groups_[i]).lr, 1));
    groups_[i]->save(out, group_name(prefix, i));
  }
}

void TorchOptimizer::load(const core::Tensors& in, const std::string& prefix) {
  std::array<std::int64_t, 4> counts{};
  in.get(prefix + "counts", std::span<std::int64_t>(counts));
  if (counts[0] != static_cast<std::int64_t>(param_groups_.size()))
    throw core::CorruptError(
        fmt::format("the state has {} parameter groups, the optimizer {}", counts[0], param_groups_.size()));
  // Everything is read into new groups first, so that a bad file changes nothing.
  std::vector<std::unique_ptr<TorchGroup>> loaded;
  std::vector<double> rates(param_groups_.size());
  for (std::size_t i = 0; i < param_groups_.size(); ++i) {
    in.get(group_name(prefix, i) + "lr", std::span<double>(&rates[i], 1));
    loaded.push_back(make_group(param_groups_[i]));
    loaded.back()->load(in, group_name(prefix, i));
  }
  groups_ = std::move(loaded);
  for (std::size_t i = 0; i < rates.size(); ++i) options_of(param_groups_[i]).lr = rates[i];
  clocks_ = {.steps = counts[1], .updates = counts[2], .episodes = counts[3]};
}

void TorchOptimizer::save(OutputArchive& archive) const {
  core::Tensors tensors;
  save(tensors, "");
  std::int64_t count = 0;
  for (const auto& [name, tensor] : tensors.all())
    write(archive, fmt::format("tensor{}", count++), name, tensor);
  archive.write("count", c10::IValue(count));
  c10::Dict<std::string, std::string> metadata;
  for (const auto& [key, text] : tensors.metadata) metadata.insert(key, text);
  archive.write("metadata", c10::IValue(metadata));
}

void TorchOptimizer::load(InputArchive& archive) {
  core::Tensors tensors;
  c10::IValue count, metadata;
  archive.read("count", count);
  archive.read("metadata", metadata);
  for (std::int64_t i = 0; i < count.toInt(); ++i) read(archive, fmt::format("tensor{}", i), tensors);
  for (const auto& entry : metadata.toGenericDict())
    tensors.metadata[entry.key().toStringRef()] = entry.value().toStringRef();
  load(tensors, "");
}

}  // namespace rhoam::optim
