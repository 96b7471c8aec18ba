#include "rhoam/optim/scale_by_factored_rms.h"

#include <cmath>
#include <span>
#include <vector>

#include "rhoam/optim/kernel.h"
#include "rhoam/optim/rho.h"
#include "rhoam/optim/rms_rule.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class ScaleByFactoredRms final : public Transform<Scalar> {
 public:
  ScaleByFactoredRms(const FactoredRmsOptions& options, std::size_t size)
      : scale_memory_("scale-memory", options.scale_memory, {.low = 1}),
        shape_memory_("shape-memory", options.shape_memory, {.low = 1}),
        eps_("eps", options.eps, kNonNegative),
        share_(size),
        sums_(count_blocks<Scalar>(size)) {}

  void begin(const Moment& moment) override {
    ++age_;
    const auto rule = [&](Hyper& memory) {
      const double rho = rho_at(rho_of_memory(memory.at(moment.clocks)), age_, BiasCorrection::capped);
      return RmsRule<double>(rho, eps_.at(moment.clocks), EpsPlace::outside, 0.0, BiasCorrection::capped);
    };
    scale_rule_ = rule(scale_memory_);
    shape_rule_ = rule(shape_memory_);
  }

  bool reduces() const override { return true; }
  void reduce(const Block<Scalar>& block) override {
    const auto share = [=, in = block.in, old = &share_[block.begin], rule = shape_rule_,
                        unit = 1 / root_scale()](std::size_t i, bool of_gradient) {
      const double g = static_cast<double>(in[i]) * unit;
      const double w = rule.average(static_cast<double>(old[i]), g * g);
      return of_gradient ? (w == 0 ? 0.0 : g * g / w) : w;
    };
    sums_[block.index()] = {sum(block.size, [=](std::size_t i) { return share(i, true); }),
                            sum(block.size, [=](std::size_t i) { return share(i, false); })};
  }

  void finish(Moment&) override {
    const auto [ratios, shares] = sums_.total();
    const auto size = static_cast<double>(share_.size());
    const double unit = root_scale() * root_scale();
    scale_ = scale_rule_.average(scale_, unit * (ratios / size) * (shares / size));
  }

  void apply(const Block<Scalar>& block) override {
    const double unit = 1 / root_scale(), eps = unit * shape_rule_.eps_outside;
    Scalar* share = &share_[block.begin];
    rewrite(
        block,
        [=, rule = shape_rule_](std::size_t i, Scalar u) {
          const double g = static_cast<double>(u) * unit;
          const double now = rule.average(static_cast<double>(share[i]), g * g);
          share[i] = static_cast<Scalar>(now);
          const double d = std::sqrt(now) + eps;
          return static_cast<Scalar>(d == 0 ? 0 : g / d);
        },
        share);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("share", share_);
    state.numbers.insert(state.numbers.end(), {{"scale", &scale_}, {"age", &age_}});
    state.hypers.insert(state.hypers.end(), {&scale_memory_, &shape_memory_, &eps_});
  }

  double memory() const override { return memory_of_rho(scale_rule_.keep); }

  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      const double root = std::sqrt(static_cast<double>(share_[begin + i])) * root_scale();
      root_v[i] = static_cast<Scalar>(root);
      divisor[i] = static_cast<Scalar>(root + shape_rule_.eps_outside);
    }
    return true;
  }

  void rescale_v(double factor) override {
    scale_ *= factor;
    if (factor == 0) age_ = 0;
  }

 private:
  /// √S; 1 while only zeros have been seen.
  double root_scale() const { return scale_ == 0 ? 1 : std::sqrt(scale_); }

  Hyper scale_memory_, shape_memory_, eps_;
  std::vector<Scalar> share_;  // u
  double scale_ = 0;           // S
  double age_ = 0;             // updates that S and u have seen
  BlockSums<2> sums_;          // of g²/(S·w) and of w
  RmsRule<double> scale_rule_{}, shape_rule_{};
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_factored_rms(const FactoredRmsOptions& options, std::size_t size) {
  return std::make_unique<ScaleByFactoredRms<Scalar>>(options, size);
}

template Stage<float> scale_by_factored_rms(const FactoredRmsOptions&, std::size_t);
template Stage<double> scale_by_factored_rms(const FactoredRmsOptions&, std::size_t);

}  // namespace rhoam::optim
