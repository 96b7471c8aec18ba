#include "rhoam/optim/scale_by_adagrad.h"

#include <cmath>
#include <span>
#include <vector>

#include "rhoam/optim/kernel.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class ScaleByAdagrad final : public Transform<Scalar> {
 public:
  ScaleByAdagrad(const AdagradOptions& options, std::size_t size)
      : eps_("eps", options.eps, kNonNegative),
        lr_decay_(options.lr_decay),
        sum_(size, static_cast<Scalar>(options.first_sum)) {}

  void begin(const Moment& moment) override {
    now_eps_ = static_cast<Scalar>(eps_.at(moment.clocks));
    rate_ = static_cast<Scalar>(1 / (1 + static_cast<double>(moment.t - 1) * lr_decay_));
  }

  void apply(const Block<Scalar>& block) override {
    rewrite(
        block,
        [sum = &sum_[block.begin], eps = now_eps_, rate = rate_](std::size_t i, Scalar u) {
          sum[i] += u * u;
          const Scalar d = std::sqrt(sum[i]) + eps;
          return d == 0 ? Scalar(0) : rate * u / d;
        },
        &sum_[block.begin]);
  }

  bool divisors(std::size_t begin, std::span<Scalar> root_v, std::span<Scalar> divisor) const override {
    for (std::size_t i = 0; i < root_v.size(); ++i) {
      root_v[i] = std::sqrt(sum_[begin + i]);
      divisor[i] = (root_v[i] + now_eps_) / rate_;
    }
    return true;
  }

  void rescale_v(double factor) override {
    for (Scalar& sum : sum_) sum *= static_cast<Scalar>(factor);
  }

  void list_state(State<Scalar>& state) override {
    state.vectors.emplace_back("sum", sum_);
    state.hypers.push_back(&eps_);
  }

 private:
  Hyper eps_;
  double lr_decay_;
  std::vector<Scalar> sum_;
  Scalar now_eps_ = 0, rate_ = 1;
};

}  // namespace

template <class Scalar>
Stage<Scalar> scale_by_adagrad(const AdagradOptions& options, std::size_t size) {
  return std::make_unique<ScaleByAdagrad<Scalar>>(options, size);
}

template Stage<float> scale_by_adagrad(const AdagradOptions&, std::size_t);
template Stage<double> scale_by_adagrad(const AdagradOptions&, std::size_t);

}  // namespace rhoam::optim
