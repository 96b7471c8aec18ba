#include "optim/scale_by_rms.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "optim/kernel.h"

namespace rhoam::optim {
namespace {

/// The scalars of one update. The ε that is not in use is 0, which changes no bit.
template <class Scalar>
struct RmsScale {
  Scalar keep, take;  // ρ_t and 1 − ρ_t
  Scalar unbias;      // v̂ = unbias·v
  Scalar eps_outside, eps_inside;

  Scalar average(Scalar old, Scalar x) const { return keep * old + take * x; }
  Scalar divide(Scalar u, Scalar variance) const {
    const Scalar d = std::sqrt(variance + eps_inside) + eps_outside;
    return d == 0 ? Scalar(0) : u / d;
  }
};

template <class Scalar>
void plain(const Block<Scalar>& block, Scalar* v, const RmsScale<Scalar>& scale) {
  rewrite(block, [=, in = block.in](std::size_t i) {
    v[i] = scale.average(v[i], in[i] * in[i]);
    return scale.divide(in[i], scale.unbias * v[i]);
  });
}

template <class Scalar>
void centered(const Block<Scalar>& block, Scalar* v, Scalar* mean, const RmsScale<Scalar>& scale) {
  rewrite(block, [=, in = block.in](std::size_t i) {
    v[i] = scale.average(v[i], in[i] * in[i]);
    mean[i] = scale.average(mean[i], in[i]);
    const Scalar center = scale.unbias * mean[i];
    const Scalar variance = scale.unbias * v[i] - center * center;
    return scale.divide(in[i], variance < 0 ? Scalar(0) : variance);
  });
}

template <class Scalar>
class ScaleByRms final : public Transform<Scalar> {
 public:
  ScaleByRms(const RmsOptions& options, std::size_t size)
      : rho_("rho", options.rho, kDecay),
        eps_("eps", options.eps, kNonNegative),
        place_(options.eps_place),
        correction_(options.bias_correction),
        v_(size, static_cast<Scalar>(options.first_v)),
        mean_(options.centered ? size : 0) {}

  void begin(const Moment& moment) override {
    double rho = rho_.at(moment.clocks);
    if (correction_ == BiasCorrection::capped) rho = std::min(rho, 1 - 1 / static_cast<double>(moment.t));
    forgotten_ *= rho;
    const auto eps = static_cast<Scalar>(eps_.at(moment.clocks));
    const double unbias = correction_ == BiasCorrection::debiased ? 1 / (1 - forgotten_) : 1;
    scale_ = {.keep = static_cast<Scalar>(rho),
              .take = static_cast<Scalar>(1 - rho),
              .unbias = static_cast<Scalar>(unbias),
              .eps_outside = place_ == EpsPlace::outside ? eps : 0,
              .eps_inside = place_ == EpsPlace::inside ? eps : 0};
  }

  void apply(const Block<Scalar>& block) override {
    if (mean_.empty())
      plain(block, &v_[block.begin], scale_);
    else
      centered(block, &v_[block.begin], &mean_[block.begin], scale_);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("v", v_);
    if (!mean_.empty()) state.vectors.emplace_back("mean", mean_);
    state.numbers.emplace_back("forgotten", &forgotten_);
    state.hypers.insert(state.hypers.end(), {&rho_, &eps_});
  }

 private:
  Hyper rho_, eps_;
  EpsPlace place_;
  BiasCorrection correction_;
  std::vector<Scalar> v_, mean_;
  double forgotten_ = 1;  // Π ρ, the weight that the first v still has
  RmsScale<Scalar> scale_{};
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_rms(const RmsOptions& options, std::size_t size) {
  return std::make_unique<ScaleByRms<Scalar>>(options, size);
}

template Stage<float> scale_by_rms(const RmsOptions&, std::size_t);
template Stage<double> scale_by_rms(const RmsOptions&, std::size_t);

}  // namespace rhoam::optim
