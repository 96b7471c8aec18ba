#include "rhoam/optim/scale_by_adam.h"

#include <cmath>
#include <span>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

/// The scalars of one update: decays and their complements, bias corrections of m and √v, ε.
template <class Scalar>
struct AdamScale {
  Scalar keep_m, take_m, keep_v, take_v;
  Scalar unbias_m, unbias_root;
  Scalar eps;

  Scalar root(Scalar v) const { return std::sqrt(v) * unbias_root; }
  Scalar divide(Scalar m, Scalar v) const {
    const Scalar d = root(v) + eps;
    return d == 0 ? Scalar(0) : unbias_m * m / d;
  }
};

template <class Scalar>
void plain(const Block<Scalar>& block, Scalar* m, Scalar* v, const AdamScale<Scalar>& scale) {
  rewrite(
      block,
      [=](std::size_t i, Scalar u) {
        m[i] = scale.keep_m * m[i] + scale.take_m * u;
        v[i] = scale.keep_v * v[i] + scale.take_v * (u * u);
        return scale.divide(m[i], v[i]);
      },
      m, v);
}

template <class Scalar>
void amsgrad(const Block<Scalar>& block, Scalar* m, Scalar* v, Scalar* largest,
             const AdamScale<Scalar>& scale) {
  rewrite(
      block,
      [=](std::size_t i, Scalar u) {
        m[i] = scale.keep_m * m[i] + scale.take_m * u;
        v[i] = scale.keep_v * v[i] + scale.take_v * (u * u);
        largest[i] = v[i] <= largest[i] ? largest[i] : v[i];  // NaN wins, so that divergence shows
        return scale.divide(m[i], largest[i]);
      },
      m, v, largest);
}

template <class Scalar>
class ScaleByAdam final : public Transform<Scalar> {
 public:
  ScaleByAdam(const AdamOptions& options, std::size_t size)
      : beta1_("beta1", options.beta1, kDecay),
        rho_("rho", options.rho, kDecay),
        eps_("eps", options.eps, kNonNegative),
        m_(size),
        v_(size),
        largest_(options.amsgrad ? size : 0) {}

  void begin(const Moment& moment) override {
    const double beta1 = beta1_.at(moment.clocks), rho = rho_.at(moment.clocks);
    forgotten_m_ *= beta1;
    forgotten_v_ *= rho;
    scale_ = {.keep_m = static_cast<Scalar>(beta1),
              .take_m = static_cast<Scalar>(1 - beta1),
              .keep_v = static_cast<Scalar>(rho),
              .take_v = static_cast<Scalar>(1 - rho),
              .unbias_m = static_cast<Scalar>(1 / (1 - forgotten_m_)),
              .unbias_root = static_cast<Scalar>(1 / std::sqrt(1 - forgotten_v_)),
              .eps = static_cast<Scalar>(eps_.at(moment.clocks))};
  }

  void apply(const Block<Scalar>& block) override {
    if (largest_.empty())
      plain(block, &m_[block.begin], &v_[block.begin], scale_);
    else
      amsgrad(block, &m_[block.begin], &v_[block.begin], &largest_[block.begin], scale_);
  }

  double memory() const override { return 1 / static_cast<double>(scale_.take_v); }

  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    const std::vector<Scalar>& v = largest_.empty() ? v_ : largest_;
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      root_v[i] = scale_.root(v[begin + i]);
      divisor[i] = root_v[i] + scale_.eps;
    }
    return true;
  }

  void rescale_v(double factor) override {
    for (auto* all : {&v_, &largest_})
      for (Scalar& v : *all) v *= static_cast<Scalar>(factor);
    for (Scalar& m : m_) m *= static_cast<Scalar>(std::sqrt(factor));  // a mean gradient, in the unit of √v
    if (factor == 0) forgotten_m_ = forgotten_v_ = 1;
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.insert(state.vectors.end(), {{"m", m_}, {"v", v_}});
    if (!largest_.empty()) state.vectors.emplace_back("largest_v", largest_);
    state.numbers.insert(state.numbers.end(),
                         {{"forgotten_m", &forgotten_m_}, {"forgotten_v", &forgotten_v_}});
    state.hypers.insert(state.hypers.end(), {&beta1_, &rho_, &eps_});
  }

 private:
  Hyper beta1_, rho_, eps_;
  std::vector<Scalar> m_, v_, largest_;
  double forgotten_m_ = 1,
         forgotten_v_ = 1;  // Π β₁ and Π ρ, the weights that the zeros at the start still have
  AdamScale<Scalar> scale_{};
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_adam(const AdamOptions& options, std::size_t size) {
  return std::make_unique<ScaleByAdam<Scalar>>(options, size);
}

template Stage<float> scale_by_adam(const AdamOptions&, std::size_t);
template Stage<double> scale_by_adam(const AdamOptions&, std::size_t);

}  // namespace rhoam::optim
