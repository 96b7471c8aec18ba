#include "rhoam/agents/learner.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

#include "rhoam/agents/finite.h"
#include "rhoam/agents/network.h"
#include "rhoam/agents/streams.h"
#include "rhoam/core/errors.h"

namespace rhoam::agents {
namespace {

/// Sums of squares of gradients below 2^32 cannot overflow, however long the training.
constexpr int kHarmless = 32;

/// No training counts higher than this, and doubles could not represent it.
constexpr std::int64_t kMostUpdates = std::int64_t{1} << 53;

bool all_finite(const core::Tensor& tensor) {
  const auto each = [&]<class Value>(Value value) {
    for (std::size_t at = 0; at + sizeof(Value) <= tensor.bytes.size(); at += sizeof(Value)) {
      std::memcpy(&value, &tensor.bytes[at], sizeof(Value));
      if (!std::isfinite(value)) return false;
    }
    return true;
  };
  if (tensor.type == core::ElementType::f32) return each(float{});
  return tensor.type != core::ElementType::f64 || each(double{});
}

optim::OptimizerConfig with_layers(optim::OptimizerConfig config, const Network& network) {
  config.layers.clear();
  for (const Layer& layer : layers_of(network.blocks())) config.layers.push_back(layer.begin);
  return config;
}

/// The first tensor of real numbers under `prefix` that is not finite; empty when there is none.
std::string not_finite(const core::Tensors& tensors, const std::string& prefix) {
  for (const auto& [name, tensor] : tensors.all())
    if (name.starts_with(prefix) && !all_finite(tensor)) return name;
  return {};
}

}  // namespace

Learner::Learner(std::unique_ptr<Network> network, const optim::OptimizerConfig& config,
                 ScaleDrift gradient_scale)
    : network_(std::move(network)),
      config_(with_layers(config, *network_)),
      optimizer_(optim::make_optimizer<float>(config_, network_->parameters().size())),
      workspace_(network_->make_workspace(kChunk)),
      gradient_scale_(std::move(gradient_scale)),
      gradient_(network_->parameters().size()),
      obs_(static_cast<std::size_t>(kChunk) * network_->inputs()),
      outputs_(static_cast<std::size_t>(kChunk) * network_->outputs()),
      d_outputs_(outputs_.size()),
      lr_(config_.lr) {}

std::span<const float> Learner::forward(std::span<const std::int32_t> rows, std::span<const float> obs) {
  const std::size_t size = network_->inputs();
  for (std::size_t b = 0; b < rows.size(); ++b) std::copy_n(&obs[rows[b] * size], size, &obs_[b * size]);
  const auto outputs = std::span(outputs_).first(rows.size() * network_->outputs());
  network_->forward(std::span(obs_).first(rows.size() * size), outputs, *workspace_);
  return outputs;
}

void Learner::step(core::Clocks clocks) {
  pace_.count(clocks, updates_);
  pace_.put_before(clocks);
  clocks.updates = updates_++;
  rate_ = config_.lr_factor * lr_.at(clocks);
  scale_gradient(clocks);
  if (!all_below(gradient_, kHarmless)) suspicious_ = true;
  kept_ = clocks.steps >= introspect_from_;
  if (kept_) introspection_->before_step(network_->parameters(), clocks);
  optimizer_->step(network_->parameters(), gradient_, clocks);
  network_->parameters_changed();
  const double memory = optimizer_->memory();
  memory_range_ = {std::fmin(memory_range_.low, memory), std::fmax(memory_range_.high, memory)};
}

void Learner::scale_gradient(const core::Clocks& clocks) {
  const auto scale = static_cast<float>(gradient_scale_.at(clocks));
  if (scale == 1) return;
  for (float& g : gradient_) g *= scale;
}

core::ClockRates Learner::rates(core::Clocks clocks) const {
  pace_.put_now(clocks, updates_);
  return config_.rates.at(clocks);
}

void Learner::world_changed() {
  if (!config_.on_change) return;
  optimizer_->rescale_v(*config_.on_change);
  suspicious_ = true;  // v may have left the range of its type
}

core::Interval Learner::take_memory_range() { return std::exchange(memory_range_, kNoRange); }

double Learner::gradient_norm() const {
  const double known = optimizer_->gradient_norm();
  return std::isnan(known) ? norm(gradient_) : known;
}

double Learner::mean_root_v() {
  root_v_.resize(network_->parameters().size());
  effective_rate_.resize(root_v_.size());
  if (!optimizer_->inspect(root_v_, effective_rate_)) return std::numeric_limits<double>::quiet_NaN();
  return std::accumulate(root_v_.begin(), root_v_.end(), 0.0) / static_cast<double>(root_v_.size());
}

void Learner::introspect_from(std::int64_t env_steps) {
  introspect_from_ = env_steps;
  kept_ = false;
  if (!introspection_) introspection_ = std::make_unique<Introspection>(network_->blocks(), config_);
}

std::span<const core::Metric> Learner::introspection() {
  if (!introspection_) throw std::logic_error("introspection was never asked for");
  if (!kept_) return introspection_->missing();
  return introspection_->after_step(network_->parameters(), gradient_, *optimizer_);
}

void Learner::evaluate(std::span<const float> obs, std::span<float> out) {
  const std::size_t in = network_->inputs(), width = network_->outputs(), count = obs.size() / in;
  for (std::size_t start = 0; start < count; start += kChunk) {
    const std::size_t rows = std::min<std::size_t>(kChunk, count - start);
    network_->forward(obs.subspan(start * in, rows * in), out.subspan(start * width, rows * width),
                      *workspace_);
  }
}

void Learner::check_finite(const std::string& name) {
  check_parameters(name);
  if (!suspicious_) return;
  suspicious_ = false;
  if (!all_finite(gradient_)) throw core::DivergedError(name + "/gradient is not finite");
  core::Tensors state;
  optimizer_->save(state, name + "/optimizer/");
  const std::string bad = not_finite(state, name + "/optimizer/");
  if (!bad.empty()) throw core::DivergedError(bad + " is not finite");
}

void Learner::check_parameters(const std::string& name) {
  if (all_finite(network_->parameters())) return;
  std::size_t at = 0;
  for (const auto& block : network_->blocks()) {
    if (!all_finite(network_->parameters().subspan(at, size_of(block))))
      throw core::DivergedError(name + "/" + block.name + " is not finite");
    at += size_of(block);
  }
}

void Learner::save(core::Tensors& out, const std::string& prefix) const {
  std::size_t at = 0;
  for (const auto& block : network_->blocks()) {
    const std::size_t size = size_of(block);
    out.put(prefix + block.name, std::span<const float>(network_->parameters().subspan(at, size)),
            block.shape);
    at += size;
  }
  optimizer_->save(out, prefix + "optimizer/");
  gradient_scale_.save(out, prefix + envs::kAdvantageScale);
  lr_.save(out, prefix + "learning_rate");
  out.put(prefix + "updates", std::span(&updates_, 1));
  pace_.save(out, prefix + "pace");
}

void Learner::load_parameters(const core::Tensors& in, const std::string& prefix) {
  std::size_t at = 0;
  for (const auto& block : network_->blocks()) {
    const std::size_t size = size_of(block);
    in.get(prefix + block.name, network_->parameters().subspan(at, size), block.shape);
    at += size;
  }
  if (const auto bad = not_finite(in, prefix); !bad.empty()) throw core::CorruptError(bad + " is not finite");
  network_->parameters_changed();
}

void Learner::load(const core::Tensors& in, const std::string& prefix) {
  load_parameters(in, prefix);
  optimizer_->load(in, prefix + "optimizer/");
  gradient_scale_.load(in, prefix + envs::kAdvantageScale);
  load_schedule(in, prefix + "learning_rate", lr_);
  in.get(prefix + "updates", std::span(&updates_, 1));
  if (updates_ < 0 || updates_ > kMostUpdates) throw core::CorruptError(prefix + "updates is out of range");
  pace_.load(in, prefix + "pace");
}

}  // namespace rhoam::agents
