#include "rhoam/optim/scale_by_likelihood_bank.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>

#include "rhoam/optim/kernel.h"
#include "rhoam/optim/rms_bank.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

constexpr std::size_t kExperts = 10;
constexpr double kShortest = 2, kRatio = 2;  // memories 2 … 1024

/// Σ ln term(i) over positive terms of one block: mantissas are multiplied and exponents added, so that one
/// logarithm serves all. A lane has too few terms for its mantissa to overflow.
template <class Term>
RHOAM_KERNEL double sum_of_logs(std::size_t n, Term term) {
  constexpr std::size_t kLanes = 32;
  constexpr std::uint64_t kFraction = (std::uint64_t{1} << 52) - 1, kOne = std::bit_cast<std::uint64_t>(1.0);
  double x[kLanes], mantissa[kLanes];
  std::int64_t exponent[kLanes] = {};
  std::fill(mantissa, mantissa + kLanes, 1.0);
  for (std::size_t begin = 0; begin < n; begin += kLanes) {
    if (begin + kLanes <= n) {
      for (std::size_t k = 0; k < kLanes; ++k) x[k] = term(begin + k);
    } else {
      std::fill(x, x + kLanes, 1.0);
      for (std::size_t i = begin; i < n; ++i) x[i - begin] = term(i);
    }
    for (std::size_t k = 0; k < kLanes; ++k) {
      const auto bits = std::bit_cast<std::uint64_t>(x[k]);
      mantissa[k] *= std::bit_cast<double>((bits & kFraction) | kOne);
      exponent[k] += static_cast<std::int64_t>(bits >> 52) - 1023;
    }
  }
  double product = 1;
  std::int64_t doublings = 0;
  for (std::size_t k = 0; k < kLanes; ++k) {
    int rest = 0;
    product *= std::frexp(mantissa[k], &rest);
    doublings += exponent[k] + rest;
  }
  return std::log(product) + std::numbers::ln2 * static_cast<double>(doublings);
}

/// Σ ln p(g | v) over a block, without the terms that all experts share.
template <class Scalar>
double log_likelihood(const Scalar* g, const Scalar* root, std::size_t n) {
  const auto log_of_variance_and = [=](double share) {
    return sum_of_logs(n, [=](std::size_t i) {
      const auto x = static_cast<double>(g[i]), r = static_cast<double>(root[i]);
      const double variance = r * r + share * x * x;
      return x * r == 0 ? 1.0 : variance;
    });
  };
  return 2 * log_of_variance_and(0) - 2.5 * log_of_variance_and(0.5);
}

template <class Scalar>
class ScaleByLikelihoodBank final : public Transform<Scalar> {
 public:
  ScaleByLikelihoodBank(const LikelihoodBankOptions& options, std::size_t size)
      : bank_(geometric_memories<kExperts>(kShortest, kRatio), options.eps, size),
        evidence_memory_("evidence-memory", options.evidence_memory, {.low = 1}),
        size_(size),
        sums_(count_blocks<Scalar>(size)) {}

  void begin(const Moment& moment) override { bank_.begin(moment); }
  bool reduces() const override { return true; }

  void reduce(const Block<Scalar>& block) override {
    for (std::size_t k = 0; k < kExperts; ++k)
      sums_[block.index()][k] = log_likelihood(block.in, bank_.root(k, block.begin), block.size);
  }

  void finish(Moment& moment) override {
    const auto sums = sums_.total();
    const double keep = rho_of_memory(evidence_memory_.at(moment.clocks));
    for (std::size_t k = 0; k < kExperts; ++k)
      evidence_[k] = keep * evidence_[k] + sums[k] / static_cast<double>(size_);
    bank_.weigh(evidence_);
  }

  void apply(const Block<Scalar>& block) override {
    rewrite(block,
            [experts = bank_.from(block.begin)](std::size_t i, Scalar u) { return experts.step(u, i); });
  }

  void list_state(State<Scalar>& state) override {
    bank_.list_state(state);
    for (std::size_t k = 0; k < kExperts; ++k)
      state.numbers.emplace_back("evidence_" + std::to_string(k), &evidence_[k]);
    state.hypers.push_back(&evidence_memory_);
  }

  double memory() const override { return bank_.memory(); }
  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    bank_.divisors(begin, root_v, divisor);
    return true;
  }
  void rescale_v(double factor) override { bank_.rescale_v(factor); }

 private:
  RmsBank<Scalar, kExperts> bank_;
  Hyper evidence_memory_;
  std::size_t size_;
  std::array<double, kExperts> evidence_{};  // discounted sum of log-likelihoods
  BlockSums<kExperts> sums_;                 // of log-likelihoods
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_likelihood_bank(const LikelihoodBankOptions& options, std::size_t size) {
  return std::make_unique<ScaleByLikelihoodBank<Scalar>>(options, size);
}

template Stage<float> scale_by_likelihood_bank(const LikelihoodBankOptions&, std::size_t);
template Stage<double> scale_by_likelihood_bank(const LikelihoodBankOptions&, std::size_t);

}  // namespace rhoam::optim
