#include "rhoam/optim/clip.h"

#include <cmath>

#include "rhoam/optim/kernel.h"
#include "rhoam/optim/sums.h"

namespace rhoam::optim {
namespace {

template <class Scalar>
class ClipByGlobalNorm final : public Transform<Scalar> {
 public:
  ClipByGlobalNorm(const core::Schedule& limit, std::size_t size)
      : limit_("clip-norm", limit, kNonNegative), sums_(count_blocks<Scalar>(size)) {}

  void begin(const Moment& moment) override { now_limit_ = limit_.at(moment.clocks); }
  bool reduces() const override { return true; }
  void reduce(const Block<Scalar>& block) override {
    sums_[block.index()] = {sum_of_squares(block.in, block.size)};
  }
  void finish(Moment& moment) override {
    moment.gradient_norm = std::sqrt(sums_.total()[0]);
    factor_ = moment.gradient_norm <= now_limit_ ? Scalar(1)
                                                 : static_cast<Scalar>(now_limit_ / moment.gradient_norm);
  }
  Light<Scalar> light() const override { return {LightKind::scale, factor_}; }
  void list_state(State<Scalar>& state) override { state.hypers.push_back(&limit_); }

 private:
  Hyper limit_;
  BlockSums<1> sums_;  // of squares
  double now_limit_ = 0;
  Scalar factor_ = 1;
};

template <class Scalar>
class ClipByValue final : public Transform<Scalar> {
 public:
  explicit ClipByValue(const core::Schedule& limit) : limit_("clip-value", limit, kNonNegative) {}

  void begin(const Moment& moment) override { now_limit_ = static_cast<Scalar>(limit_.at(moment.clocks)); }
  Light<Scalar> light() const override { return {LightKind::limit, now_limit_}; }
  void list_state(State<Scalar>& state) override { state.hypers.push_back(&limit_); }

 private:
  Hyper limit_;
  Scalar now_limit_ = 0;
};

}  // namespace

template <class Scalar>
Stage<Scalar> clip_by_global_norm(const core::Schedule& limit, std::size_t size) {
  if (!differs(limit, 0)) return nullptr;
  return std::make_unique<ClipByGlobalNorm<Scalar>>(limit, size);
}

template <class Scalar>
Stage<Scalar> clip_by_value(const core::Schedule& limit) {
  if (!differs(limit, 0)) return nullptr;
  return std::make_unique<ClipByValue<Scalar>>(limit);
}

template Stage<float> clip_by_global_norm(const core::Schedule&, std::size_t);
template Stage<double> clip_by_global_norm(const core::Schedule&, std::size_t);
template Stage<float> clip_by_value(const core::Schedule&);
template Stage<double> clip_by_value(const core::Schedule&);

}  // namespace rhoam::optim
