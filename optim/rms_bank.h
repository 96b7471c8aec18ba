#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/schedule.h"
#include "rhoam/optim/hyper.h"
#include "rhoam/optim/rho.h"
#include "rhoam/optim/rms_rule.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// K memories from `first` on, each `ratio` times the one before.
template <std::size_t K>
constexpr std::array<double, K> geometric_memories(double first, double ratio) {
  std::array<double, K> memories{};
  for (double& memory : memories) memory = first, first *= ratio;
  return memories;
}

/// K accumulators v, each with its own memory, and the weights that mix their proposed steps: u = g·Σ
/// w_k/(√v_k + ε). Each v is the plain mean of g² until its memory is full. The roots √v_k are stored, since
/// scoring the experts needs them again: roots and divisions are nearly all that a bank costs.
template <class Scalar, std::size_t K>
class RmsBank {
 public:
  static_assert(K % 2 == 0, "two experts share a division");
  using Numbers = std::array<double, K>;

  /// The bank from one index of the vector on, for kernels.
  struct View {
    Scalar* root;  ///< expert k finds √v of element i at k·stride + i
    std::size_t stride;
    std::array<RmsRule<Scalar>, K> rules;
    std::array<Scalar, K> weights;

    /// Updates every v with g; returns u. 0/0 is 0.
    Scalar step(Scalar g, std::size_t i) const {
      Scalar scale = 0;
      for (std::size_t k = 0; k < K; k += 2) {
        const Scalar a = divisor(k, g, i), b = divisor(k + 1, g, i), product = a * b;
        scale += product == 0 ? Scalar(0) : (weights[k] * b + weights[k + 1] * a) / product;
      }
      return g * scale;
    }

   private:
    Scalar divisor(std::size_t k, Scalar g, std::size_t i) const {
      Scalar& kept = root[k * stride + i];
      kept = std::sqrt(rules[k].average(kept * kept, g * g));
      return kept + rules[k].eps_outside;
    }
  };

  RmsBank(const Numbers& memories, const core::Schedule& eps, std::size_t size)
      : memories_(memories), eps_("eps", eps, kNonNegative), size_(size), root_(K * size) {
    weights_.fill(1.0 / K);
  }

  void begin(const Moment& moment) {
    ++age_;
    for (std::size_t k = 0; k < K; ++k) {
      const double rho = rho_at(rho_of_memory(memories_[k]), age_, BiasCorrection::capped);
      rules_[k] =
          RmsRule<Scalar>(rho, eps_.at(moment.clocks), EpsPlace::outside, 0.0, BiasCorrection::capped);
    }
  }

  /// w = softmax(scores).
  void weigh(const Numbers& scores) {
    const double highest = *std::ranges::max_element(scores);
    double sum = 0;
    for (std::size_t k = 0; k < K; ++k) sum += weights_[k] = std::exp(scores[k] - highest);
    for (double& weight : weights_) weight /= sum;
  }

  View from(std::size_t begin) {
    View view{.root = &root_[begin], .stride = size_, .rules = rules_, .weights = {}};
    std::ranges::transform(weights_, view.weights.begin(), [](double w) { return static_cast<Scalar>(w); });
    return view;
  }

  /// √v of expert k from one index of the vector on.
  const Scalar* root(std::size_t k, std::size_t begin) const { return &root_[k * size_ + begin]; }

  /// exp(Σ w_k ln n_k).
  double memory() const {
    double log_memory = 0;
    for (std::size_t k = 0; k < K; ++k) log_memory += weights_[k] * std::log(memories_[k]);
    return std::exp(log_memory);
  }

  /// √v and divisor of the single accumulator with the same step: 1/Σ w_k/√v_k and 1/Σ w_k/(√v_k + ε).
  void divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      double by_root = 0, by_divisor = 0;
      for (std::size_t k = 0; k < K; ++k) {
        if (weights_[k] == 0) continue;  // 0/0 where v is 0 too
        const Scalar root = root_[k * size_ + begin + i];
        by_root += weights_[k] / static_cast<double>(root);
        by_divisor += weights_[k] / static_cast<double>(root + rules_[k].eps_outside);
      }
      root_v[i] = static_cast<Scalar>(1 / by_root);
      divisor[i] = static_cast<Scalar>(1 / by_divisor);
    }
  }

  void rescale_v(double factor) {
    for (Scalar& root : root_) root *= static_cast<Scalar>(std::sqrt(factor));
    if (factor == 0) age_ = 0;
  }

  void list_state(State<Scalar>& state) {
    for (std::size_t k = 0; k < K; ++k) {
      state.vectors.emplace_back("root_v_" + std::to_string(k), std::span(root_).subspan(k * size_, size_));
      state.numbers.emplace_back("weight_" + std::to_string(k), &weights_[k]);
    }
    state.numbers.emplace_back("age", &age_);
    state.hypers.push_back(&eps_);
  }

 private:
  Numbers memories_;
  Hyper eps_;
  std::size_t size_;
  std::vector<Scalar> root_;  // expert by expert
  Numbers weights_{};
  double age_ = 0;  // updates that v has seen
  std::array<RmsRule<Scalar>, K> rules_{};
};

}  // namespace rhoam::optim
