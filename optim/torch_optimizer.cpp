#include "rhoam/optim/torch_optimizer.h"

#include <ATen/Functions.h>
#include <fmt/format.h>
#include <torch/serialize/archive.h>
#include <torch/types.h>
#include <torch/utils.h>

#include <array>
#include <cstring>
#include <utility>

#include "rhoam/core/errors.h"
#include "rhoam/optim/torch_group.h"

namespace rhoam::optim {
namespace {

using torch::optim::OptimizerParamGroup;
using torch::serialize::InputArchive;
using torch::serialize::OutputArchive;

TorchOptimizerOptions& options_of(OptimizerParamGroup& group) {
  return static_cast<TorchOptimizerOptions&>(group.options());
}
const TorchOptimizerOptions& options_of(const OptimizerParamGroup& group) {
  return static_cast<const TorchOptimizerOptions&>(group.options());
}

std::string group_name(const std::string& prefix, std::size_t index) {
  return fmt::format("{}group{}/", prefix, index);
}

/// Writes one named tensor to the archive.
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
  while (groups_.size() < param_groups_.size()) groups_.push_back(make_group(groups_.size()));
}

std::unique_ptr<TorchGroup> TorchOptimizer::make_group(std::size_t index) const {
  const OptimizerParamGroup& group = param_groups_[index];
  return std::make_unique<TorchGroup>(options_of(group).config, group.params(), index);
}

at::Tensor TorchOptimizer::step(LossClosure closure) {
  at::Tensor loss;
  if (closure) {
    at::AutoGradMode enable_grad(true);
    loss = closure();
  }
  torch::NoGradGuard no_grad;
  make_groups();
  for (std::size_t i = 0; i < groups_.size(); ++i) groups_[i]->check(param_groups_[i].params());
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
    loaded.push_back(make_group(i));
    loaded.back()->load(in, group_name(prefix, i), param_groups_[i].params());
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
