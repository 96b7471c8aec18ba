#include "rhoam/optim/scale_by_align_bank.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "rhoam/optim/kernel.h"
#include "rhoam/optim/rms_bank.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

constexpr std::size_t kExperts = 6;
constexpr double kShortest = 3, kRatio = 3;  // memories 3 … 729
constexpr std::int64_t kUnscored = 3;        // first updates, in which all experts are the same
constexpr double kTiny = 1e-150;

using Numbers = std::array<double, kExperts>;

/// How well each expert would have pointed downhill, as t-statistics.
class AlignmentTest {
 public:
  /// Adds the scores of one update with the weight `share`.
  void add(const Numbers& scores, double share) {
    const double average = std::accumulate(scores.begin(), scores.end(), 0.0) / kExperts;
    for (std::size_t k = 0; k < kExperts; ++k) {
      const double excess = scores[k] - average;
      mean_[k] += share * (excess - mean_[k]);
      square_[k] += share * (excess * excess - square_[k]);
      statistic_[k] = mean_[k] / std::sqrt(std::max(square_[k] * share, kTiny));
    }
  }
  const Numbers& statistic() const { return statistic_; }

  template <class Scalar>
  void list_state(State<Scalar>& state) {
    for (std::size_t k = 0; k < kExperts; ++k) {
      state.numbers.emplace_back("score_mean_" + std::to_string(k), &mean_[k]);
      state.numbers.emplace_back("score_square_" + std::to_string(k), &square_[k]);
    }
  }

 private:
  Numbers mean_{}, square_{}, statistic_{};
};

template <class Scalar>
class ScaleByAlignBank final : public Transform<Scalar> {
 public:
  ScaleByAlignBank(const AlignBankOptions& options, std::size_t size)
      : bank_(geometric_memories<kExperts>(kShortest, kRatio), options.eps, size),
        score_memory_("score-memory", options.score_memory, {.low = 1}),
        previous_(size),
        sums_(count_blocks<Scalar>(size)) {}

  void begin(const Moment& moment) override { bank_.begin(moment); }
  bool reduces() const override { return true; }

  void reduce(const Block<Scalar>& block) override {
    const Scalar *g = block.in, *previous = &previous_[block.begin];
    auto& sums = sums_[block.index()];
    for (std::size_t k = 0; k < kExperts; ++k)
      sums[k] = sum(block.size, [=, root = bank_.root(k, block.begin)](std::size_t i) {
        const Scalar step = root[i] == 0 ? Scalar(0) : previous[i] / root[i];
        return static_cast<double>(g[i] * step);
      });
    sums[kExperts] = sum_of_squares(g, block.size);
  }

  void finish(Moment& moment) override {
    if (moment.t <= kUnscored) return;
    const auto sums = sums_.total();
    const auto size = static_cast<double>(previous_.size());
    const double rms = std::sqrt(sums[kExperts] / size) + kTiny;
    Numbers scores;
    for (std::size_t k = 0; k < kExperts; ++k) scores[k] = sums[k] / size / rms;
    const auto scored = static_cast<double>(moment.t - kUnscored);
    test_.add(scores, 1 / std::min(score_memory_.at(moment.clocks), scored));
    bank_.weigh(test_.statistic());
  }

  void apply(const Block<Scalar>& block) override {
    Scalar* previous = &previous_[block.begin];
    rewrite(
        block,
        [=, experts = bank_.from(block.begin)](std::size_t i, Scalar g) {
          previous[i] = g;
          return experts.step(g, i);
        },
        previous);
  }

  void list_state(State<Scalar>& state) override {
    bank_.list_state(state);
    state.vectors.emplace_back("previous_gradient", previous_);
    test_.list_state(state);
    state.hypers.push_back(&score_memory_);
  }

  double memory() const override { return bank_.memory(); }
  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    bank_.divisors(begin, root_v, divisor);
    return true;
  }
  void rescale_v(double factor) override {
    bank_.rescale_v(factor);
    for (Scalar& g : previous_)
      g *= static_cast<Scalar>(std::sqrt(factor));  // the last step stays what it was
  }

 private:
  RmsBank<Scalar, kExperts> bank_;
  Hyper score_memory_;
  std::vector<Scalar> previous_;  // gradient
  BlockSums<kExperts + 1> sums_;  // of g·g'/√v_k, then of g²
  AlignmentTest test_;
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_align_bank(const AlignBankOptions& options, std::size_t size) {
  return std::make_unique<ScaleByAlignBank<Scalar>>(options, size);
}

template Stage<float> scale_by_align_bank(const AlignBankOptions&, std::size_t);
template Stage<double> scale_by_align_bank(const AlignBankOptions&, std::size_t);

}  // namespace rhoam::optim
