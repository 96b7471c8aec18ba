#include "rhoam/optim/scale_by_rms.h"

#include <cmath>
#include <span>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
void plain(const Block<Scalar>& block, Scalar* v, const RmsRule<Scalar>& rule) {
  rewrite(
      block, [=](std::size_t i, Scalar u) { return rule.plain(u, v[i]); }, v);
}

template <class Scalar>
void centered(const Block<Scalar>& block, Scalar* v, Scalar* mean, const RmsRule<Scalar>& rule) {
  rewrite(
      block, [=](std::size_t i, Scalar u) { return rule.centered(u, v[i], mean[i]); }, v, mean);
}

template <class Scalar>
class ScaleByRms final : public Transform<Scalar> {
 public:
  ScaleByRms(const RmsOptions& options, std::size_t size)
      : rho_("rho", options.rho, kDecay),
        eps_("eps", options.eps, kNonNegative),
        place_(options.eps_place),
        correction_(options.bias_correction),
        centering_(correction_),
        v_(size, static_cast<Scalar>(options.first_v)),
        mean_(options.centered ? size : 0) {}

  void begin(const Moment& moment) override {
    const double rho = rho_at(rho_.at(moment.clocks), ++age_, correction_);
    forgotten_ *= rho;
    rule_ = RmsRule<Scalar>(rho, eps_.at(moment.clocks), place_, forgotten_, correction_);
    centering_.update(rho, forgotten_);
    rule_.first = static_cast<Scalar>(centering_.first());
  }

  void apply(const Block<Scalar>& block) override {
    if (mean_.empty())
      plain(block, &v_[block.begin], rule_);
    else
      centered(block, &v_[block.begin], &mean_[block.begin], rule_);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("v", v_);
    state.numbers.insert(state.numbers.end(), {{"forgotten", &forgotten_}, {"age", &age_}});
    if (!mean_.empty()) {
      state.vectors.emplace_back("mean", mean_);
      state.numbers.emplace_back("first", &centering_.first());
    }
    state.hypers.insert(state.hypers.end(), {&rho_, &eps_});
  }

  double memory() const override { return 1 / static_cast<double>(rule_.take); }

  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      const Scalar v = v_[begin + i];
      const Scalar variance = mean_.empty() ? rule_.unbias * v : rule_.variance(v, mean_[begin + i]);
      root_v[i] = std::sqrt(variance);
      divisor[i] = rule_.divisor(variance);
    }
    return true;
  }

  void rescale_v(double factor) override {
    for (Scalar& v : v_) v *= static_cast<Scalar>(factor);
    for (Scalar& mean : mean_) mean *= static_cast<Scalar>(std::sqrt(factor));
    if (factor != 0) return;
    age_ = 0, forgotten_ = 1;
    centering_.forget();
  }

 private:
  Hyper rho_, eps_;
  EpsPlace place_;
  BiasCorrection correction_;
  Centering centering_;
  std::vector<Scalar> v_, mean_;
  double forgotten_ = 1;  // Π ρ, the weight that the first v still has
  double age_ = 0;        // updates that v has seen
  RmsRule<Scalar> rule_{};
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_rms(const RmsOptions& options, std::size_t size) {
  return std::make_unique<ScaleByRms<Scalar>>(options, size);
}

template Stage<float> scale_by_rms(const RmsOptions&, std::size_t);
template Stage<double> scale_by_rms(const RmsOptions&, std::size_t);

}  // namespace rhoam::optim
