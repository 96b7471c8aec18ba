#include "rhoam/optim/scale_by_learned_rho.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "rhoam/optim/dual.h"
#include "rhoam/optim/kernel.h"
#include "rhoam/optim/rms_rule.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

constexpr core::Range kMemories{.low = 1.5, .high = 3000};
constexpr double kCosineMemory = 1000;

double logit_of_memory(double memory) { return std::log(memory - 1); }

template <class Scalar>
class ScaleByLearnedRho final : public Transform<Scalar> {
 public:
  using Derivative = Dual<Scalar, 1>;  // with respect to logit ρ

  ScaleByLearnedRho(const LearnedRhoOptions& options, std::size_t size)
      : rate_("rho-rate", options.rate, kNonNegative),
        eps_("eps", options.eps, kNonNegative),
        logit_(logit_of_memory(Hyper("first-memory", options.first_memory, kMemories).at({}))),
        v_(size),
        slope_of_v_(size),
        slope_of_step_(size),
        sums_(count_blocks<Scalar>(size)) {}

  void begin(const Moment&) override { ++age_; }
  bool reduces() const override { return true; }
  void reduce(const Block<Scalar>& block) override {
    const Scalar *g = block.in, *slope = &slope_of_step_[block.begin];
    const auto product = [](Scalar a, Scalar b) { return static_cast<double>(a) * static_cast<double>(b); };
    sums_[block.index()] = {sum(block.size, [=](std::size_t i) { return product(g[i], slope[i]); }),
                            sum_of_squares(g, block.size), sum_of_squares(slope, block.size)};
  }

  void finish(Moment& moment) override {
    const auto [product, of_gradient, of_slope] = sums_.total();
    const double norms = std::sqrt(of_gradient) * std::sqrt(of_slope);
    if (norms != 0) descend(product / norms, rate_.at(moment.clocks));
    rule_ = rule_at(moment.clocks);
  }

  void apply(const Block<Scalar>& block) override {
    Scalar *v = &v_[block.begin], *slope_of_v = &slope_of_v_[block.begin],
           *slope_of_step = &slope_of_step_[block.begin];
    rewrite(
        block,
        [=, rule = rule_](std::size_t i, Scalar u) {
          Derivative variance(v[i]);
          variance.d[0] = slope_of_v[i];
          const Derivative step = rule.plain(u, variance);
          v[i] = variance.value;
          slope_of_v[i] = variance.d[0];
          slope_of_step[i] = step.d[0];
          return step.value;
        },
        v, slope_of_v, slope_of_step);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.insert(state.vectors.end(),
                         {{"v", v_}, {"slope_of_v", slope_of_v_}, {"slope_of_step", slope_of_step_}});
    state.numbers.insert(
        state.numbers.end(),
        {{"logit_rho", &logit_}, {"cosine_square", &square_}, {"cosines", &counted_}, {"age", &age_}});
    state.hypers.insert(state.hypers.end(), {&rate_, &eps_});
  }

  double memory() const override { return 1 + std::exp(logit_); }

  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      root_v[i] = std::sqrt(v_[begin + i]);
      divisor[i] = rule_.divisor(v_[begin + i]).value;
    }
    return true;
  }

  void rescale_v(double factor) override {
    for (Scalar& v : v_) v *= static_cast<Scalar>(factor);
    for (Scalar& slope : slope_of_v_) slope *= static_cast<Scalar>(factor);
    if (factor == 0) age_ = 0;
  }

 private:
  /// The derivative of the loss with respect to logit ρ is −cosine.
  void descend(double cosine, double rate) {
    ++counted_;
    square_ += (cosine * cosine - square_) / std::min(counted_, kCosineMemory);
    if (square_ != 0) logit_ += rate * cosine / std::sqrt(square_);
    logit_ = std::clamp(logit_, logit_of_memory(kMemories.low), logit_of_memory(kMemories.high));
  }

  RmsRule<Derivative> rule_at(const core::Clocks& clocks) {
    using Exact = Dual<double, 1>;
    const Exact rho = rho_at(1 / (1 + exp(-Exact::input(logit_, 0))), age_, BiasCorrection::capped);
    Derivative rounded(static_cast<Scalar>(rho.value));
    rounded.d[0] = static_cast<Scalar>(rho.d[0]);
    return {rounded, Derivative(static_cast<Scalar>(eps_.at(clocks))), EpsPlace::outside, Derivative(0),
            BiasCorrection::capped};
  }

  Hyper rate_, eps_;
  double logit_;                                        // of ρ
  std::vector<Scalar> v_, slope_of_v_, slope_of_step_;  // v, and derivatives with respect to logit ρ
  double square_ = 0, counted_ = 0;                     // mean square of the cosines, and their number
  double age_ = 0;                                      // updates that v has seen
  BlockSums<3> sums_;                                   // of g·∂u, g², ∂u²
  RmsRule<Derivative> rule_{};
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_learned_rho(const LearnedRhoOptions& options, std::size_t size) {
  return std::make_unique<ScaleByLearnedRho<Scalar>>(options, size);
}

template Stage<float> scale_by_learned_rho(const LearnedRhoOptions&, std::size_t);
template Stage<double> scale_by_learned_rho(const LearnedRhoOptions&, std::size_t);

}  // namespace rhoam::optim
