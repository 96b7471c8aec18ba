#include "rhoam/agents/introspection.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "rhoam/core/statistics.h"

namespace rhoam::agents {
namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

struct Quantile {
  const char* name;
  double q;
};
constexpr Quantile kQuantiles[] = {{"p05", 0.05}, {"p50", 0.5}, {"p95", 0.95}};

double square(double x) { return x * x; }

}  // namespace

double norm(std::span<const float> x) {
  double squares = 0;
  for (const float value : x) squares += square(value);
  return std::sqrt(squares);
}

double kurtosis(std::span<const float> x) {
  const auto n = static_cast<double>(x.size());
  const double mean = std::accumulate(x.begin(), x.end(), 0.0) / n;
  double seconds = 0, fourths = 0;
  for (const float value : x) {
    const double squared = square(value - mean);
    seconds += squared;
    fourths += square(squared);
  }
  return (fourths / n) / square(seconds / n);
}

Introspection::Introspection(const std::vector<ParameterBlock>& blocks, const optim::OptimizerConfig& config)
    : layers_(layers_of(blocks)) {
  for (const Layer& layer : layers_) {
    for (const char* of : {"root_v", "effective_lr"})
      for (const auto& quantile : kQuantiles)
        figures_.push_back({layer.name + "/" + of + "_" + quantile.name, kNone});
    figures_.push_back({layer.name + "/update_ratio", kNone});
  }
  for (const char* name : {"grad_norm_clipped", "cosine", "kurtosis"}) figures_.push_back({name, kNone});
  const std::size_t size = layers_.empty() ? 0 : layers_.back().begin + layers_.back().size;
  clipping_ = optim::make_optimizer<float>(
      {.recipe = "sgd", .lr = 1.0, .clip_norm = config.clip_norm, .clip_value = config.clip_value}, size);
  before_.resize(size);
  root_v_.resize(size, kNone);
  effective_rate_.resize(size, kNone);
  clipped_.resize(size);
  sample_.resize(kSampled);
}

void Introspection::before_step(std::span<const float> theta, const core::Clocks& clocks) {
  std::ranges::copy(theta, before_.begin());
  clocks_ = clocks;
}

std::span<const core::Metric> Introspection::after_step(std::span<const float> theta,
                                                        std::span<const float> gradient,
                                                        const optim::Optimizer<float>& optimizer) {
  optimizer.inspect(root_v_, effective_rate_);  // without a v both stay NaN
  auto figure = figures_.begin();
  const auto put = [&](double value) { (figure++)->value = value; };
  for (const Layer& layer : layers_) {
    for (const auto* values : {&root_v_, &effective_rate_}) {
      const auto sampled = sample(std::span(*values).subspan(layer.begin, layer.size));
      for (const auto& quantile : kQuantiles) put(core::quantile_in_place(sampled, quantile.q));
    }
    put(update_ratio(layer, theta));
  }
  put(clipped_norm(gradient));
  put(cosine(theta, gradient));
  put(kurtosis(gradient));
  return figures_;
}

std::span<const core::Metric> Introspection::missing() {
  for (auto& figure : figures_) figure.value = kNone;
  return figures_;
}

std::span<float> Introspection::sample(std::span<const float> values) {
  // An odd distance does not fall in step with the rows of a weight matrix, whose widths are mostly even.
  const std::size_t distance = values.size() <= kSampled ? 1 : (values.size() / kSampled + 1) | 1;
  auto end = sample_.begin();
  for (std::size_t i = 0; i < values.size(); i += distance)
    if (std::isfinite(values[i])) *end++ = values[i];
  return {sample_.begin(), end};
}

double Introspection::update_ratio(const Layer& layer, std::span<const float> theta) const {
  double update = 0, size = 0;
  for (std::size_t i = layer.begin; i < layer.begin + layer.size; ++i) {
    const double before = before_[i];
    update += square(theta[i] - before);
    size += square(before);
  }
  return size == 0 ? kNone : std::sqrt(update / size);
}

double Introspection::clipped_norm(std::span<const float> gradient) {
  std::ranges::fill(clipped_, 0.0f);
  clipping_->step(clipped_, gradient, clocks_);
  return norm(clipped_);
}

double Introspection::cosine(std::span<const float> theta, std::span<const float> gradient) const {
  double product = 0, descents = 0, gradients = 0;
  for (std::size_t i = 0; i < theta.size(); ++i) {
    const double descent = static_cast<double>(before_[i]) - theta[i], g = gradient[i];
    product += descent * g;
    descents += square(descent);
    gradients += square(g);
  }
  return product / std::sqrt(descents * gradients);
}

}  // namespace rhoam::agents
