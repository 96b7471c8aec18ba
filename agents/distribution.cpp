#include "rhoam/agents/distribution.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace rhoam::agents {
namespace {

class Categorical final : public Distribution {
 public:
  explicit Categorical(int n) : n_(n) {}
  int outputs() const override { return n_; }
  int free_parameters() const override { return 0; }
  int action_size() const override { return 1; }

  void sample(std::span<const float> outputs, std::span<const float>, core::Stream& stream,
              std::span<float> actions, std::span<float> log_prob) const override {
    for (std::size_t b = 0; b < actions.size(); ++b) {
      const float* logits = &outputs[b * n_];
      const float top = *std::max_element(logits, logits + n_);
      float sum = 0;
      double total = 0;
      for (int i = 0; i < n_; ++i) {
        const float weight = std::exp(logits[i] - top);
        sum += weight;
        total += weight;
      }
      const int action = pick(logits, top, stream.uniform() * total);
      actions[b] = static_cast<float>(action);
      log_prob[b] = logits[action] - (top + std::log(sum));
    }
  }

  void mode(std::span<const float> outputs, std::span<float> actions) const override {
    for (std::size_t b = 0; b < actions.size(); ++b) {
      const float* logits = &outputs[b * n_];
      actions[b] = static_cast<float>(std::max_element(logits, logits + n_) - logits);
    }
  }

  void spread(std::span<const float> outputs, std::span<const float>, std::span<float> out) const override {
    const float log_sum = log_sum_exp(outputs.data());
    for (int i = 0; i < n_; ++i) out[i] = std::exp(outputs[i] - log_sum);
  }

  double mean_std(std::span<const float>) const override { return std::numeric_limits<double>::quiet_NaN(); }

  void evaluate(const ActionBatch& in, const EvaluatedActions& known) const override {
    for (std::size_t b = 0; b < known.log_prob.size(); ++b) {
      const float* logits = &in.outputs[b * n_];
      float* log_probs = &known.log_probs[b * n_];
      const float log_sum = log_sum_exp(logits);
      for (int i = 0; i < n_; ++i) log_probs[i] = logits[i] - log_sum;
      known.log_prob[b] = log_probs[static_cast<int>(in.actions[b])];
      known.entropy[b] = entropy_of(log_probs);
    }
  }

  // d log π_a/d z_i = [i = a] − π_i and dH/d z_i = −π_i (log π_i + H).
  void gradient(const ActionBatch& in, const EvaluatedActions& known, std::span<const float> d_log_prob,
                float d_entropy, std::span<float> d_outputs, std::span<float>) const override {
    for (std::size_t b = 0; b < d_log_prob.size(); ++b)
      for (int i = 0; i < n_; ++i) {
        const float log_p = known.log_probs[b * n_ + i];
        const float p = std::exp(log_p);
        const float chosen = static_cast<int>(in.actions[b]) == i ? 1.0f : 0.0f;
        d_outputs[b * n_ + i] = d_log_prob[b] * (chosen - p) - d_entropy * p * (log_p + known.entropy[b]);
      }
  }

 private:
  /// Index at which `target` falls among the cumulative weights. `target` is u times the last of them, u
  /// uniform on [0, 1) with at most 53 bits, which rounds to less than the last; so every draw finds an
  /// action, and one that adds nothing to the sum is never drawn.
  int pick(const float* logits, float top, double target) const {
    double total = 0;
    int action = 0;
    while ((total += std::exp(logits[action] - top)) <= target) ++action;
    return action;
  }

  float log_sum_exp(const float* logits) const {
    const float top = *std::max_element(logits, logits + n_);
    float sum = 0;
    for (int i = 0; i < n_; ++i) sum += std::exp(logits[i] - top);
    return top + std::log(sum);
  }
  float entropy_of(const float* log_probs) const {
    float entropy = 0;
    for (int i = 0; i < n_; ++i) entropy -= std::exp(log_probs[i]) * log_probs[i];
    return entropy;
  }

  int n_;
};

class Gaussian final : public Distribution {
 public:
  Gaussian(int size, const std::optional<double>& fixed_std) : size_(size) {
    if (fixed_std) fixed_.assign(size, static_cast<float>(std::log(*fixed_std)));
  }
  int outputs() const override { return size_; }
  int free_parameters() const override { return learns_std() ? size_ : 0; }
  int action_size() const override { return size_; }

  void sample(std::span<const float> outputs, std::span<const float> learned, core::Stream& stream,
              std::span<float> actions, std::span<float> log_prob) const override {
    const auto log_std = log_std_of(learned);
    for (std::size_t at = 0; at < actions.size(); ++at)
      actions[at] = outputs[at] + std::exp(log_std[at % size_]) * static_cast<float>(stream.normal());
    for (std::size_t b = 0; b < log_prob.size(); ++b)
      log_prob[b] = log_density({outputs, log_std, actions}, b);
  }

  void mode(std::span<const float> outputs, std::span<float> actions) const override {
    std::copy(outputs.begin(), outputs.end(), actions.begin());
  }

  void spread(std::span<const float>, std::span<const float> learned, std::span<float> out) const override {
    const auto log_std = log_std_of(learned);
    for (int i = 0; i < size_; ++i) out[i] = std::exp(log_std[i]);
  }

  double mean_std(std::span<const float> learned) const override {
    double sum = 0;
    for (const float log_std : log_std_of(learned)) sum += std::exp(static_cast<double>(log_std));
    return sum / size_;
  }

  void evaluate(const ActionBatch& batch, const EvaluatedActions& known) const override {
    const ActionBatch in = with_log_std(batch);
    float each = static_cast<float>(size_) * (0.5f + kHalfLogTwoPi);
    for (const float log_std : in.log_std) each += log_std;
    std::ranges::fill(known.entropy, each);
    for (std::size_t b = 0; b < known.log_prob.size(); ++b) known.log_prob[b] = log_density(in, b);
  }

  // d log π/dμ = (a − μ)/σ², d log π/d log σ = (a − μ)²/σ² − 1, dH/d log σ = 1.
  void gradient(const ActionBatch& batch, const EvaluatedActions&, std::span<const float> d_log_prob,
                float d_entropy, std::span<float> d_outputs, std::span<float> d_log_std) const override {
    const ActionBatch in = with_log_std(batch);
    for (std::size_t b = 0; b < d_log_prob.size(); ++b)
      for (int i = 0; i < size_; ++i) {
        const std::size_t at = b * size_ + i;
        const float precision = std::exp(-in.log_std[i]);
        const float z = (in.actions[at] - in.outputs[at]) * precision;
        d_outputs[at] = d_log_prob[b] * z * precision;
        if (learns_std()) d_log_std[i] += d_log_prob[b] * (z * z - 1) + d_entropy;
      }
  }

 private:
  static constexpr float kHalfLogTwoPi = 0.918938533f;

  bool learns_std() const { return fixed_.empty(); }
  std::span<const float> log_std_of(std::span<const float> learned) const {
    return learns_std() ? learned : fixed_;
  }
  ActionBatch with_log_std(const ActionBatch& in) const {
    return {in.outputs, log_std_of(in.log_std), in.actions};
  }

  float log_density(const ActionBatch& in, std::size_t b) const {
    float sum = 0;
    for (int i = 0; i < size_; ++i) {
      const std::size_t at = b * size_ + i;
      const float z = (in.actions[at] - in.outputs[at]) * std::exp(-in.log_std[i]);
      sum -= 0.5f * z * z + in.log_std[i] + kHalfLogTwoPi;
    }
    return sum;
  }

  int size_;
  std::vector<float> fixed_;  // log σ, empty when it is learned
};

}  // namespace

std::unique_ptr<Distribution> make_distribution(const envs::ActionSpace& space,
                                                const std::optional<double>& fixed_std) {
  if (space.discrete()) return std::make_unique<Categorical>(space.n);
  return std::make_unique<Gaussian>(space.size(), fixed_std);
}

}  // namespace rhoam::agents
